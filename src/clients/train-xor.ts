import { Configuration, JobsApi, PredictionsApi } from './index';

// Node has it; its types are a package of their own
declare const process: { argv: string[]; exit(code: number): void };

// trains XOR and asks for it with the client that openapi-generator makes of the document

const rows = [[0, 0], [0, 1], [1, 0], [1, 1]];
const expected = [0, 1, 1, 0];

function check(right: boolean, what: string): void {
  if (!right) {
    throw new Error(what);
  }
}

async function main(): Promise<void> {
  const configuration = new Configuration({ basePath: process.argv[2] });
  const job = await new JobsApi(configuration).createJob({
    jobSpec: {
      name: 'generated-typescript',
      dataset: { inputs: rows, targets: expected.map((y) => [y]) },
      network: { hidden: [{ units: 4, activation: 'tanh' }] },
      training: { epochs: 500, optimizer: { type: 'adam', learningRate: 0.05 } },
    },
    prefer: 'wait=30',
  });
  check(job.status === 'succeeded', `the job is ${job.status}`);
  const answer = await new PredictionsApi(configuration).predictModel({
    name: 'generated-typescript',
    predictRequest: { inputs: rows },
  });
  answer.predictions!.forEach((prediction, i) => {
    const y = prediction.values!['y1'];
    check(Math.round(y) === expected[i], `row ${i} is ${y}`);
  });
  console.log(`TypeScript: XOR learned, ${answer.model} ${answer.version}`);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
