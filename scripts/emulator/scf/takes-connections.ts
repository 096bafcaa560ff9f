import { connect } from 'node:net';

/** Whether a server listens on the port. */
export function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const tell = (takes: boolean) => {
      socket.destroy();
      resolve(takes);
    };
    socket.once('connect', () => tell(true)).once('error', () => tell(false));
  });
}
