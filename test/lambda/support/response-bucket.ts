import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A PUT to a presigned URL. */
export interface Put {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Where CloudFormation collects answers: takes every PUT, and refuses as many as it is told to. */
export class ResponseBucket {
  static async start(): Promise<ResponseBucket> {
    const bucket = new ResponseBucket();
    await new Promise<void>((resolve) => bucket.server.listen(0, '127.0.0.1', resolve));
    return bucket;
  }

  readonly puts: Put[] = [];
  refusals = 0;

  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        this.puts.push({ method: request.method!, path: request.url!, headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
        response.statusCode = this.refusals > 0 ? 503 : 200;
        this.refusals = Math.max(0, this.refusals - 1);
        response.end();
      });
    });
  }

  url(key: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/${key}?X-Amz-Signature=secret-signature`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
