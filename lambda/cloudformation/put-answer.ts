import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { spreadPauseAfter } from '../domain/backoff';
import type { Clock } from '../domain/clock';
import type { Journal } from '../domain/journal';

/** An answer that is lost leaves the stack waiting for its timeout, so the PUT is worth some attempts. */
const MOST_ATTEMPTS = 6;
const PAUSES = { firstMilliseconds: 500, longestMilliseconds: 8_000 };

/** Amazon S3 answers such a PUT in a fraction of a second; an idle connection is given up long before the function ends. */
const IDLE_MILLISECONDS = 5_000;

/** Delivers an answer to the presigned URL. Throws if that could not be done. */
export async function putAnswer(responseUrl: string, body: string, clock: Clock, journal: Journal): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await put(new URL(responseUrl), body);
    } catch (error) {
      const said = (error as Error).message;
      journal.note('The answer could not be delivered', { attempt, said });
      if (attempt === MOST_ATTEMPTS) {
        throw new Error(`the answer could not be delivered to CloudFormation: ${said}`);
      }
      await clock.sleep(spreadPauseAfter(attempt, PAUSES, body));
    }
  }
}

async function put(url: URL, body: string): Promise<void> {
  const request = url.protocol === 'http:' ? requestHttp : requestHttps;
  await new Promise<void>((resolve, reject) => {
    const outgoing = request(url, {
      method: 'PUT',
      timeout: IDLE_MILLISECONDS,
      // The signature of the URL covers an empty content type.
      headers: { 'content-type': '', 'content-length': Buffer.byteLength(body, 'utf8') },
    }, (response) => {
      response.resume();
      response.on('error', reject);
      response.on('end', () => (response.statusCode! >= 200 && response.statusCode! < 300
        ? resolve()
        : reject(new Error(`HTTP status ${response.statusCode}`))));
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no response within ${IDLE_MILLISECONDS} ms`)));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
