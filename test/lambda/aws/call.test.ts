import { call } from '../../../lambda/aws/call';
import { Clients } from '../../../lambda/aws/clients';
import { patienceFor } from '../../../lambda/aws/patience';
import { patienceToChange, watchStack } from '../../../lambda/aws/patience-to-change';
import { Superseded } from '../../../lambda/domain/workflow/superseded';
import { OWNER } from '../support/grants';
import { NotedClock } from '../support/noted-clock';

function refusal(name: string, message = 'no'): Error {
  return Object.assign(new Error(message), { name });
}

/** Refuses that often, then answers. */
async function attempt(error: Error, refusals: number, options: { requestType?: string; deadline?: number; owner?: typeof OWNER } = {}) {
  const clock = new NotedClock();
  const patience = patienceFor({ requestType: options.requestType ?? 'Create', owner: options.owner ?? OWNER, clock, deadline: options.deadline ?? 900_000 });
  let calls = 0;
  const outcome = await call('license-manager:CreateGrant', 'arn:license', patience, async () => {
    calls += 1;
    if (calls <= refusals) {
      throw error;
    }
    return 'answer';
  }).catch((thrown: unknown) => thrown);
  return { outcome, calls, pauses: clock.pauses, waited: clock.now() };
}

const NOT_AUTHORIZED = refusal('AccessDeniedException', 'User: arn:aws:sts::111111111111:assumed-role/x is not authorized to perform: license-manager:CreateGrant');

describe('a call', () => {
  test.each([
    'RateLimitExceededException', 'TooManyRequestsException', 'ConcurrentModificationException', 'ConflictException',
    'ServerInternalException', 'ServiceException', 'ServiceFailureException', 'ServiceUnavailable', 'Throttling', 'ThrottlingException', 'TimeoutError',
  ])('that is refused with %s is repeated after growing pauses', async (name) => {
    const { outcome, calls, pauses } = await attempt(refusal(name), 4);
    expect(outcome).toBe('answer');
    expect(calls).toBe(5);
    expect(pauses[3]).toBeGreaterThan(pauses[0]);
  });

  test('that is refused for good is not repeated, and says which call it was', async () => {
    const { outcome, calls } = await attempt(refusal('ResourceLimitExceededException', 'too many grants'), 1);
    expect(outcome).toMatchObject({ action: 'license-manager:CreateGrant', resource: 'arn:license', code: 'ResourceLimitExceededException', said: 'too many grants' });
    expect(calls).toBe(1);
  });

  test('is repeated ten times at most', async () => {
    expect((await attempt(refusal('RateLimitExceededException'), 100)).calls).toBe(10);
  });

  test('is not repeated beyond the deadline', async () => {
    const { outcome, waited } = await attempt(refusal('RateLimitExceededException'), 100, { deadline: 5_000 });
    expect(outcome).toMatchObject({ code: 'RateLimitExceededException' });
    expect(waited).toBeLessThan(5_000);
  });

  test('by a role whose permissions IAM has yet to spread is repeated for a minute', async () => {
    expect((await attempt(NOT_AUTHORIZED, 3)).outcome).toBe('answer');
    const { outcome, waited } = await attempt(NOT_AUTHORIZED, 100);
    expect(outcome).toMatchObject({ code: 'AccessDeniedException' });
    expect(waited).toBeGreaterThan(30_000);
    expect(waited).toBeLessThan(60_000);
  });

  test('that is denied on Delete, or because the account may not, is not repeated', async () => {
    expect((await attempt(NOT_AUTHORIZED, 1, { requestType: 'Delete' })).calls).toBe(1);
    expect((await attempt(refusal('AccessDeniedException', 'You do not have permissions to access this resource.'), 1)).calls).toBe(1);
  });

  test('that changes something is not repeated for a request that was answered meanwhile', async () => {
    const clock = new NotedClock();
    let calls = 0;
    const request = { requestType: 'Delete', owner: OWNER, clock, deadline: 900_000, stack: { region: 'us-east-1' }, isAnswered: () => calls > 0 };
    const clients = new Clients();
    const patience = patienceToChange(clients, request, watchStack(clients, request));
    await expect(call('license-manager:DeleteGrant', 'arn:grant', patience, async () => {
      calls += 1;
      throw refusal('TimeoutError');
    })).rejects.toThrow(Superseded);
    expect(calls).toBe(1);
  });

  test.each([
    ['a network that is gone', Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' })],
    ['a failing server', Object.assign(refusal('UnknownError'), { $metadata: { httpStatusCode: 502 } })],
  ])('is repeated after %s, which the SDK does not do any more', async (_, error) => {
    expect((await attempt(error, 2)).outcome).toBe('answer');
  });

  test('pauses the same for the same resource, and differently for another', async () => {
    const error = refusal('RateLimitExceededException');
    const { pauses } = await attempt(error, 5);
    expect((await attempt(error, 5)).pauses).toEqual(pauses);
    expect((await attempt(error, 5, { owner: { ...OWNER, logicalId: 'Other' } })).pauses).not.toEqual(pauses);
  });
});
