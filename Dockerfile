# Builds with any Docker: no BuildKit syntax.
#
#   docker build -t backprop-server .
#   docker run --rm -p 127.0.0.1:8080:8080 -e BACKPROP_SECURITY_API_KEYS=<key> backprop-server
#
# In a container the server listens on every address, because a published port arrives at the
# container's own. Whoever publishes it decides who may call it, so the image decides nothing: without
# keys (BACKPROP_SECURITY_API_KEYS) the server refuses to start, until
# BACKPROP_SECURITY_ALLOW_UNAUTHENTICATED=true says that the port is published to trusted callers only,
# as docker-compose.yml does. Callers that use another host name than localhost need it in
# BACKPROP_SECURITY_ALLOWED_HOSTS. Options for the JVM go into JDK_JAVA_OPTIONS.

FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY mvnw pom.xml ./
COPY .mvn .mvn
# Packaging an empty program fetches Maven, its plugins and all dependencies into a layer of their own.
RUN mkdir -p src/main/java/empty \
 && echo 'package empty; final class Empty { private Empty() {} public static void main(String[] arguments) {} }' \
      > src/main/java/empty/Empty.java \
 && ./mvnw -B -q -DskipTests package \
 && rm -rf src target
COPY src src
RUN ./mvnw -B -q -DskipTests package \
 && java -Djarmode=tools -jar target/backprop-server-*.jar extract --layers --destination target/layers \
 && mv target/layers/application/backprop-server-*.jar target/layers/application/backprop-server.jar \
 # OpenBLAS for other machines than this image's own
 && find target/layers/dependencies/lib -name 'openblas-*' \
      ! -name "openblas-*-linux-$(uname -m | sed s/aarch64/arm64/).jar" -delete

FROM eclipse-temurin:25-jre
# PNG pictures are drawn with fonts. Temurin's own images have them; where a base image has none and
# none can be installed, the server refuses image/png and says so, and SVG needs no font.
RUN command -v fc-match >/dev/null \
 || { apt-get update && apt-get install -y --no-install-recommends fontconfig fonts-dejavu-core; } \
 || echo 'no fonts: the server will draw losses as SVG only' >&2; \
    rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --user-group --home-dir /app --no-create-home --shell /usr/sbin/nologin backprop
WORKDIR /app
COPY --from=build /build/target/layers/dependencies/ ./
COPY --from=build /build/target/layers/application/ ./
# The ahead-of-time cache of loaded and linked classes, taken by the JVM that uses it:
# docs/decisions/0005-ahead-of-time-cache.md. A JVM whose options do not fit it starts without it.
RUN java -XX:AOTCacheOutput=backprop-server.aot -Xlog:aot=error -Dspring.context.exit=onRefresh \
      --enable-native-access=ALL-UNNAMED -jar backprop-server.jar \
 && test -s backprop-server.aot
USER 10001
ENV SERVER_ADDRESS=0.0.0.0
EXPOSE 8080
# the base image has neither curl nor wget
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${SERVER_PORT:-8080} && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
# In exec form java is process 1 and gets the SIGTERM of docker stop.
ENTRYPOINT ["java", "-XX:AOTCache=backprop-server.aot", "--enable-native-access=ALL-UNNAMED", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "backprop-server.jar"]
