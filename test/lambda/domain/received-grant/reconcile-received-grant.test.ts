import type { Grant, GrantChanges } from '../../../../lambda/domain/grant/grant';
import type { GrantAnswer } from '../../../../lambda/domain/grant/license-manager-gateway';
import type { ReceivedLicense } from '../../../../lambda/domain/license/received-license';
import type { Goal } from '../../../../lambda/domain/received-grant/goal';
import type { ReceivedGrantsGateway } from '../../../../lambda/domain/received-grant/received-grants-gateway';
import { reconcileReceivedGrant } from '../../../../lambda/domain/received-grant/reconcile-received-grant';
import { GRANT_ARN, grant, license } from '../../support/grants';
import { NotedClock } from '../../support/noted-clock';
import { refusedRequest } from '../../support/scripted-license-manager';

/** License Manager as it cannot be brought to behave in the simulated organization. The last reading stays. */
class ScriptedReceivedGrants implements ReceivedGrantsGateway {
  readonly calls: string[] = [];
  readings: (Grant | undefined)[] = [];
  /** What calls are answered with, one after the other. */
  answers: (GrantAnswer | Error)[] = [];
  others: Grant[] = [];

  async findGrant(): Promise<Grant | undefined> {
    return this.readings.length > 1 ? this.readings.shift() : this.readings[0];
  }

  async listReceivedGrants(): Promise<Grant[]> {
    return this.others;
  }

  async acceptGrant(): Promise<GrantAnswer> {
    return this.answer('AcceptGrant');
  }

  async rejectGrant(): Promise<GrantAnswer> {
    return this.answer('RejectGrant');
  }

  async createGrantVersion(_: string, sourceVersion: string, changes: GrantChanges): Promise<GrantAnswer> {
    return this.answer(`CreateGrantVersion from ${sourceVersion}: ${JSON.stringify(changes)}`);
  }

  async findReceivedLicense(): Promise<ReceivedLicense | undefined> {
    return license();
  }

  private answer(call: string): GrantAnswer {
    this.calls.push(call);
    const answer = this.answers.length > 1 ? this.answers.shift()! : this.answers[0];
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  }
}

let licenseManager: ScriptedReceivedGrants;
let clock: NotedClock;

beforeEach(() => {
  licenseManager = new ScriptedReceivedGrants();
  clock = new NotedClock();
});

async function run(goal: Goal): Promise<Grant | undefined> {
  return reconcileReceivedGrant({
    goal, grantArn: GRANT_ARN, licenseManager, clock, deadline: 800_000, journal: { note: () => undefined }, clientToken: (step) => `token of ${step}`,
  });
}

function answered(status: Grant['status'], version: string): GrantAnswer {
  return { grantArn: GRANT_ARN, status, version };
}

const PENDING = grant({ status: 'PENDING_ACCEPT' });
const DISABLED = grant({ status: 'DISABLED' });

test('a grant that is accepted and still shown as pending is not accepted again', async () => {
  licenseManager.readings = [PENDING, PENDING, PENDING, DISABLED];
  licenseManager.answers = [answered('DISABLED', '1')];
  expect(await run({ mode: 'ACCEPTED' })).toMatchObject({ status: 'DISABLED' });
  expect(licenseManager.calls).toEqual(['AcceptGrant']);
});

test('an acceptance that is refused since the grant is accepted already, which does not show yet, counts once it shows', async () => {
  licenseManager.readings = [...Array(8).fill(PENDING), DISABLED];
  licenseManager.answers = [refusedRequest('AcceptGrant', 'Caller arn:aws:iam::222222222222:root is not allowed to accept this grant.')];
  expect(await run({ mode: 'ACCEPTED' })).toMatchObject({ status: 'DISABLED' });
});

test('an acceptance that is refused for longer than a grant can be on its way fails in the words of License Manager', async () => {
  licenseManager.readings = [PENDING];
  licenseManager.answers = [refusedRequest('AcceptGrant', 'not allowed to accept this grant')];
  await expect(run({ mode: 'ACTIVE' })).rejects.toThrow(/PENDING_ACCEPT.*AcceptGrant was refused: ValidationException: not allowed to accept this grant/);
  expect(clock.now()).toBeGreaterThanOrEqual(240_000);
  expect(clock.now()).toBeLessThan(280_000);
});

test('an activation that was not based on the latest version is based on what is read then', async () => {
  licenseManager.readings = [DISABLED, grant({ status: 'DISABLED', version: '3' }), grant({ status: 'ACTIVE', version: '4' })];
  licenseManager.answers = [refusedRequest('CreateGrantVersion', "doesn't match the latest version 3"), answered('PENDING_WORKFLOW', '4')];
  expect(await run({ mode: 'ACTIVE' })).toMatchObject({ status: 'ACTIVE' });
  expect(licenseManager.calls).toEqual(['CreateGrantVersion from 1: {"status":"ACTIVE"}', 'CreateGrantVersion from 3: {"status":"ACTIVE"}']);
});

test('reads that lag behind the answer to an activation do not pass for a refusal', async () => {
  licenseManager.readings = [DISABLED, DISABLED, DISABLED, DISABLED, DISABLED, grant({ status: 'ACTIVE', version: '2' })];
  licenseManager.answers = [answered('PENDING_WORKFLOW', '2')];
  expect(await run({ mode: 'ACTIVE' })).toMatchObject({ status: 'ACTIVE' });
  expect(licenseManager.calls).toEqual(['CreateGrantVersion from 1: {"status":"ACTIVE"}']);
});

test('an activation that does not take is believed after three reads, and names the other active grants of the account', async () => {
  licenseManager.readings = [DISABLED, grant({ status: 'DISABLED', version: '2' })];
  licenseManager.answers = [answered('DISABLED', '2')];
  licenseManager.others = [
    grant({ arn: 'in-the-way', name: 'own subscription' }),
    grant({ arn: 'inactive', status: 'DISABLED' }),
    grant({ arn: 'of-the-unit', granteePrincipalArn: 'arn:aws:organizations::111111111111:ou/o-exampleorg1/ou-ex01-workload' }),
  ];
  const failure = run({ mode: 'ACTIVE' });
  await expect(failure).rejects.toThrow("Active for Example Hardened Linux in this account: in-the-way ('own subscription', ACTIVE");
  await expect(failure).rejects.not.toThrow(/inactive|of-the-unit/);
  expect(clock.pauses).toHaveLength(2);
});

const TO_REPLACE_IT = 'replace it with ReceivedGrantResponse.activate({ override: ActivationOverride.ALL_GRANTS_PERMITTED_BY_ISSUER })';
const TO_ASK_THE_GRANTOR = 'the grantor has chosen an override, and only the grantor can change it';
const TO_MAKE_ROOM = 'the override ALL_GRANTS_PERMITTED_BY_ISSUER did not replace it';
const ALL = 'ALL_GRANTS_PERMITTED_BY_ISSUER';
const NONE = 'DISTRIBUTED_GRANTS_ONLY';

test.each([
  [undefined, undefined, TO_REPLACE_IT],
  [NONE, NONE, TO_REPLACE_IT],
  [ALL, ALL, TO_MAKE_ROOM],
  [ALL, undefined, TO_MAKE_ROOM],
  [undefined, ALL, TO_MAKE_ROOM],
  [undefined, NONE, TO_ASK_THE_GRANTOR],
  [ALL, NONE, TO_ASK_THE_GRANTOR],
] as const)('an activation without effect, with the override %s asked for and %s shown, fails with what still may help', async (override, shown, cure) => {
  licenseManager.readings = [grant({ status: 'DISABLED', override: shown }), grant({ status: 'DISABLED', version: '2', override: shown })];
  licenseManager.answers = [answered('DISABLED', '2')];
  await expectCure(run({ mode: 'ACTIVE', override }), cure);
});

test('an activation without effect after its override was refused is for the grantor to help', async () => {
  licenseManager.readings = [DISABLED, DISABLED, grant({ status: 'DISABLED', version: '2' })];
  licenseManager.answers = [refusedRequest('CreateGrantVersion', 'the activation override was chosen by the grantor'), answered('DISABLED', '2')];
  await expectCure(run({ mode: 'ACTIVE', override: ALL }), TO_ASK_THE_GRANTOR);
});

async function expectCure(failing: Promise<unknown>, cure: string): Promise<void> {
  const { message } = await failing.then(() => new Error('succeeded'), (error: Error) => error);
  expect(message).toContain('Next: deactivate the other active grant or end the subscription of the product');
  expect([TO_REPLACE_IT, TO_ASK_THE_GRANTOR, TO_MAKE_ROOM].filter((each) => message.includes(each))).toEqual([cure]);
}

test('a grant that is gone is none that could be given up', async () => {
  licenseManager.readings = [undefined];
  expect(await run({ mode: 'INACTIVE' })).toBeUndefined();
  expect(licenseManager.calls).toEqual([]);
});

test('a deletion that overtakes the answer fails, and nothing is tried again', async () => {
  licenseManager.readings = [PENDING, grant({ status: 'PENDING_DELETE' })];
  licenseManager.answers = [answered('DISABLED', '1')];
  await expect(run({ mode: 'ACTIVE' })).rejects.toThrow('the grantor has deleted the grant. Next: have the grantor make a new grant.');
  expect(licenseManager.calls).toEqual(['AcceptGrant']);
});

test('a grant that License Manager works on until the time is up fails with its status, and with what to do', async () => {
  licenseManager.readings = [grant({ status: 'PENDING_WORKFLOW' })];
  await expect(run({ mode: 'ACTIVE' })).rejects.toThrow(/PENDING_WORKFLOW.*not settled in time: License Manager is still working on the grant.*Next: deploy again/);
  expect(clock.now()).toBeLessThanOrEqual(800_000);
});
