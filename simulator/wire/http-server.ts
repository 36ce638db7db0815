import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { WireAnswer, WireRequest } from './message';

/**
 * How long an idle connection stays open. Node's own 5 seconds is shorter than the pauses of a polling client, whose
 * next request then meets a closing connection.
 */
const KEEP_ALIVE_MILLISECONDS = 60_000;

/** The host is not a choice: whoever reaches the simulator may do everything. */
const HOST = '127.0.0.1';

/** HTTP on the loopback interface, one answer per request. */
export class HttpServer {
  static async start(port: number, answer: (request: WireRequest) => Promise<WireAnswer>): Promise<HttpServer> {
    const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MILLISECONDS }, (incoming, outgoing) => {
      readRequest(incoming).then(answer).then(
        ({ httpStatus, headers, body: content }) => {
          outgoing.writeHead(httpStatus, { ...headers, 'content-length': Buffer.byteLength(content) }).end(content);
        },
        () => outgoing.destroy(),
      );
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, HOST, () => {
        server.off('error', reject);
        resolve();
      });
    });
    return new HttpServer(server);
  }

  readonly endpoint: string;

  private constructor(private readonly server: Server) {
    this.endpoint = `http://${HOST}:${(server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve, reject) => this.server.close((error) => error ? reject(error) : resolve()));
    this.server.closeAllConnections();
    await closed;
  }
}

async function readRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return {
    method: incoming.method!,
    path: incoming.url!,
    headers: singleHeaders(incoming),
    body: Buffer.concat(chunks).toString('utf8'),
    clientPort: incoming.socket.remotePort!,
  };
}

function singleHeaders(incoming: IncomingMessage): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]));
}
