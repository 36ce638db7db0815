import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { ResponseFate } from './delivery';

/** Who waits for an answer. */
export interface AwaitedAnswer {
  /** Asked for each attempt to give one. */
  readonly fate: () => ResponseFate;
  /** Called with the first answer that is taken. */
  readonly take: (body: Buffer) => void;
}

/** Where functions PUT their answers: one URL for each request, good for one answer, as a presigned URL of Amazon S3. */
export class ResponseEndpoint {
  static async start(): Promise<ResponseEndpoint> {
    const endpoint = new ResponseEndpoint();
    await new Promise<void>((resolve) => endpoint.server.listen(0, '127.0.0.1', resolve));
    return endpoint;
  }

  private readonly server: Server;
  private readonly awaited = new Map<string, AwaitedAnswer>();

  private constructor() {
    this.server = createServer((request, response) => void this.receive(request, response));
  }

  /** Functions reach it under the host name of `responseHost`, which leads here. */
  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  open(path: string, answer: AwaitedAnswer): void {
    this.awaited.set(path, answer);
  }

  /** From now on an answer is taken, but nobody reads it. */
  close(path: string): void {
    this.awaited.delete(path);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (request.method !== 'PUT') {
      response.writeHead(403).end();
      return;
    }
    const path = request.url!;
    const answer = this.awaited.get(path);
    const fate = answer?.fate() ?? 'taken';
    if (fate === 'reset') {
      request.socket.destroy();
    } else if (fate === 'refused') {
      response.writeHead(503).end();
    } else {
      this.close(path);
      // The function's request is still in flight, so simulated time stands still until CloudFormation has taken its next step.
      answer?.take(Buffer.concat(chunks));
      response.writeHead(200).end();
    }
  }
}
