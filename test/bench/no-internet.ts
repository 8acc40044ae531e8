/**
 * Loaded first by a server that checks Microsoft's tokens: what it would ask of the internet it asks of the stand-in, whose
 * address is in BENCH_STAND_IN.
 */
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';

const { hostname, port } = new URL(process.env.BENCH_STAND_IN ?? '');

function here(
  options: https.RequestOptions,
  callback?: (res: http.IncomingMessage) => void,
): http.ClientRequest {
  return http.request(
    { ...options, protocol: 'http:', hostname, host: hostname, port, agent: false },
    callback,
  );
}

Object.assign(https, { request: here });
syncBuiltinESMExports();
