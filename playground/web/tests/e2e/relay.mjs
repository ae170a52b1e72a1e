/** A TCP relay before the gateway, so that a test can cut the line and mend it. */
import { connect, createServer } from "node:net";
import { once } from "node:events";

export async function startRelay(target) {
  const { hostname, port } = new URL(target);
  const sockets = new Set();
  const server = createServer((near) => {
    const far = connect(Number(port || 80), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const listening = server.address().port;
  return {
    url: `http://127.0.0.1:${listening}/`,
    cut() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
    async mend() {
      server.listen(listening, "127.0.0.1");
      await once(server, "listening");
    },
  };
}
