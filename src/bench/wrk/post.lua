-- wrk … -s post.lua URL -- BODY_FILE [CONTENT_TYPE [JSON_LENGTH]]: posts the file, as JSON unless it
-- is said otherwise, and counts every reply other than 200. With a length other than 0, tensors follow
-- so many bytes of JSON.
local failures = {}

function setup(thread)
  table.insert(failures, thread)
end

function init(args)
  local file = assert(io.open(args[1], "rb"))
  wrk.method = "POST"
  wrk.headers["Content-Type"] = args[2] or "application/json"
  if args[3] and args[3] ~= "0" then
    wrk.headers["Inference-Header-Content-Length"] = args[3]
  end
  wrk.body = file:read("*a")
  file:close()
  failed = 0
end

function response(status)
  if status ~= 200 then
    failed = failed + 1
  end
end

function done(summary, latency)
  local failed = 0
  for _, thread in ipairs(failures) do
    failed = failed + thread:get("failed")
  end
  io.write(string.format("RESULT %d %d %d %d %d %d\n", summary.requests, summary.duration,
    failed + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
end
