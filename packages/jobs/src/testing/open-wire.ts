import { connect, createServer, type Socket } from 'node:net';

/** A way to a server that can be cut: nothing more comes through, and nobody is told. */
export interface Wire {
  readonly port: number;
  cut(): void;
  mend(): void;
  end(): void;
}

/** A wire to a port of loopback. */
export async function openWire(to: number): Promise<Wire> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    if (isCut) socket.pause();
  };
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    for (const [from, other] of [[near, far] as const, [far, near] as const]) {
      keep(from);
      from.on('data', (bytes) => void other.write(bytes)).on('close', () => other.destroy());
      if (isCut) from.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.pause();
    },
    mend() {
      isCut = false;
      for (const socket of sockets) socket.resume();
    },
    end() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
