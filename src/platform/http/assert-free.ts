import { createServer } from 'node:net';
import { StartError } from '../start-error.js';

const MENDS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there; stop it or set PORT',
  EACCES: 'this account may not listen there; set PORT to 1024 or more',
  EADDRNOTAVAIL: 'this machine has no such address; set HOST',
  ENOTFOUND: 'there is no such host; set HOST',
};

/** Says before anything is started that the address cannot be had; lanes that began to work would only be stopped again. */
export async function assertFree(host: string, port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new StartError(`cannot listen on ${host}:${port} (${error.code ?? error.message}): ${MENDS[error.code ?? ''] ?? 'set HOST and PORT'}`)));
    server.listen(port, host, resolve);
  });
  await new Promise((resolve) => server.close(resolve));
}
