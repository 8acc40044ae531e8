/** Loaded into the Playground's process before its own code, by `node --import`. */
import { rmSync } from 'node:fs';
import { Server } from 'node:net';

// It has no option for an address and would listen on all of them, where nobody signs in.
const listen = Server.prototype.listen;
Server.prototype.listen = function (this: Server, ...args: unknown[]) {
  const [port, done] = args;
  const loopback = typeof port === 'number' && (done === undefined || typeof done === 'function');
  return Reflect.apply(listen, this, loopback ? [port, '127.0.0.1', done] : args);
};

// A Belay that was killed cannot stop it; left alone it would hold its port against the next start.
// It works in a temporary folder of its own, which goes too.
process.on('disconnect', () => {
  rmSync(process.cwd(), { recursive: true, force: true });
  process.exit(0);
});
