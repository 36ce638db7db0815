import { isDeepStrictEqual } from 'node:util';
import type { GrantState } from './grant-world';
import type { Ending, Played, Step } from './play';
import { grantIn, isChange, ownership } from './readings';
import { principalArn } from './situations';
import { userTags } from '../../../lambda/cloudformation/resources/grant-request';
import { isGrantArn } from '../../../lambda/domain/grant/arns';
import { isInOthersHands, isLive } from '../../../lambda/domain/grant/grant-status';
import type { GrantStatus } from '../../../lambda/domain/grant/grant-status';
import { ownershipTags } from '../../../lambda/domain/grant/ownership';
import type { GrantProperties } from '../../../lib/grant/grant-properties';
import { OWNER } from '../support/grants';

/** What holds for every request, in whatever situation it arrives. */
const OF_EACH_STEP: Readonly<Record<string, (step: Step) => boolean>> = {
  'CloudFormation gets one answer': ({ answers }) => answers.length === 1,
  'a Delete keeps the physical id': ({ type, answer, physicalId }) => type !== 'Delete' || answer.PhysicalResourceId === physicalId,
  'only grants of this resource are changed, or one that it is to adopt': ({ calls, ...step }) =>
    calls.filter(isChange).map(grantIn).every((grantArn) => grantArn === undefined || mayChange(grantArn, step)),
  'a grant that is at its end is left alone': ({ calls, before }) => calls.filter(isChange).every((call) => {
    const grant = find(before, grantIn(call) ?? '');
    return grant === undefined || isLive(grant.status as GrantStatus);
  }),
  'an Update keeps the grant that CloudFormation knows, unless its workflow has failed': ({ type, calls, before, physicalId }) =>
    type !== 'Update' || !deletedOrReleasedIn(calls).includes(physicalId!) || find(before, physicalId!)?.status === 'FAILED_WORKFLOW',
  'an adopted grant is deleted only where the app asks for it': ({ calls, before, properties }) => deletedIn(calls).every((grantArn) => {
    const grant = find(before, grantArn);
    return grant === undefined || ownership(grant) === 'own' || properties.Removal === 'DELETE';
  }),
  'no grant is made beside a live one of this resource': noneMadeBesideAnother,
  'a failure after a grant was made names it': ({ answer, before, after }) =>
    answer.Status === 'SUCCESS' || ownLive(after).filter(({ grantArn }) => !find(before, grantArn)).every(({ grantArn }) => grantArn === answer.PhysicalResourceId),
  'one workflow goes on at most, and only in the background': ({ type, properties, runningWorkflows }) => type === 'Delete' || runningWorkflows === 0
    || (runningWorkflows === 1 && goesOnInBackground(properties)),
  'success means that the grant is what was asked for, that a workflow goes on with it, or that a rollback cannot mend it': (step) =>
    step.type === 'Delete' || step.answer.Status === 'FAILED' || step.runningWorkflows > 0
    || isAskedFor(find(step.after, step.answer.PhysicalResourceId), step.properties) || isLeftByRollback(step),
  'a deleted resource owns nothing any more': ({ type, answer, after, physicalId, properties }) => type !== 'Delete' || answer.Status === 'FAILED'
    || ownLive(after).every((grant) => (isGrantArn(physicalId!) ? grant.grantArn !== physicalId : !isOf(properties, grant))),
};

/** What holds for a request and its rollback together. Before an event no workflow runs. */
const OF_ROLLBACKS: Readonly<Record<string, (played: Played) => boolean>> = {
  'no workflow of what is rolled back or deleted goes on': ({ event: { oldProperties }, steps }) => steps.at(-1)!.runningWorkflows === 0
    || (oldProperties !== undefined && goesOnInBackground(oldProperties)),
  'a Create that is rolled back leaves no grant of this resource': ({ event, steps }) => event.type !== 'Create' || ownLive(steps.at(-1)!.after).length === 0,
  'a Create that is rolled back leaves the grants of others as they were': ({ event, steps: [{ before }, { after }] }) => event.type !== 'Create'
    || before.filter((grant) => ownership(grant) === 'foreign').every((grant) => isAsItWas(grant, find(after, grant.grantArn)!)),
};

const OF_UPDATES_BACK: Readonly<Record<string, (played: Played) => boolean>> = {
  'an Update that is rolled back leaves the one grant that was asked for before': ({ steps: [, back, ...removal] }) =>
    back.answer.Status === 'FAILED' || (isLeftByRollback(back) && !isOwnLive(back))
    || sameArns(ownLive((removal.at(-1) ?? back).after), [back.answer.PhysicalResourceId]),
  'the rollback of an Update succeeds where all was well before it': (played) => !wasWell(played) || played.steps[1].answer.Status === 'SUCCESS',
};

const OF_DELETIONS_ALONE: Readonly<Record<string, (played: Played) => boolean>> = {
  'a replacement that is rolled back by a deletion alone leaves nothing of the new grant': ({ steps: [first, removal] }) =>
    removal.answer.Status === 'SUCCESS' && ownLive(removal.after).every(({ grantArn }) => grantArn !== first.answer.PhysicalResourceId),
  'a replacement that is rolled back by a deletion alone leaves the grant before as it was': (played) => {
    const { steps: [{ before, physicalId }, { after }] } = played;
    return !canBeFoundAgain(played) || isAsItWas(find(before, physicalId!)!, find(after, physicalId!)!);
  },
};

const OF_ENDINGS: Readonly<Record<Ending, Readonly<Record<string, (played: Played) => boolean>>>> = {
  'completed': {},
  'rolled back': OF_ROLLBACKS,
  'rolled back without an answer': OF_ROLLBACKS,
  'rolled back by a deletion alone': { ...OF_ROLLBACKS, ...OF_DELETIONS_ALONE },
  'sent again': OF_ROLLBACKS,
};

/** Each broken rule, with where it was broken. */
export function brokenRules(played: Played): string[] {
  const { event, ending, situation: { origin, status }, steps } = played;
  const where = `${event.title}, found ${origin} ${status ?? ''}, ${ending}`;
  const rules = { ...OF_ENDINGS[ending], ...ending === 'rolled back' && event.type === 'Update' && OF_UPDATES_BACK };
  return [
    ...steps.flatMap((step) => Object.entries(OF_EACH_STEP).filter(([, holds]) => !holds(step)).map(([rule]) => `${where}, ${step.type}: ${rule}`)),
    ...Object.entries(rules).filter(([, holds]) => !holds(played)).map(([rule]) => `${where}: ${rule}`),
  ];
}

function goesOnInBackground({ Workflow }: GrantProperties): boolean {
  return Workflow?.AnswersCloudFormation === 'false';
}

function wasWell({ event: { oldProperties }, situation: { grants, physicalId, origin } }: Played): boolean {
  return /^(own|adopted)$/.test(origin) && grants[physicalId!]?.status === oldProperties!.Activation.Mode;
}

/** The Delete names the new grant alone, and that names the one before on a tag. One that people took the tags off is not known to be the resource's. */
function canBeFoundAgain({ steps: [{ before, physicalId }] }: Played): boolean {
  const predecessor = find(before, physicalId!);
  return predecessor !== undefined && ownership(predecessor) !== 'foreign';
}

function mayChange(grantArn: string, { type, before, physicalId, properties }: Omit<Step, 'calls'>): boolean {
  const grant = find(before, grantArn);
  switch (grant && ownership(grant)) {
    case undefined:
    case 'own':
    case 'adopted':
      return true;
    case 'foreign':
      // Somebody may have taken the tags off the resource's own grant.
      return properties.ExistingGrant === 'ADOPT' || (type === 'Update' && grantArn === physicalId);
    default:
      return false;
  }
}

function noneMadeBesideAnother({ before, calls }: Step): boolean {
  let live = ownLive(before);
  return calls.filter(({ error }) => error === undefined).every((call) => {
    const { operation, request } = call;
    if (operation === 'DeleteGrant' || operation === 'UntagResource') {
      live = live.filter(({ grantArn }) => grantArn !== grantIn(call));
    }
    const { LicenseArn, Principals } = request as { readonly LicenseArn?: string; readonly Principals?: readonly string[] };
    return operation !== 'CreateGrant'
      || !live.some(({ licenseArn, granteePrincipalArn }) => licenseArn === LicenseArn && granteePrincipalArn === Principals?.[0]);
  });
}

/** What others have decided, no rollback can change. */
function isLeftByRollback({ stackStatus, answer, after }: Step): boolean {
  const grant = find(after, answer.PhysicalResourceId);
  return stackStatus === 'UPDATE_ROLLBACK_IN_PROGRESS' && grant !== undefined
    && (isInOthersHands(grant.status as GrantStatus) || ownership(grant) === 'of another stack')
    && answer.Data?.Status === grant.status && answer.Reason?.startsWith(`the grant stays ${grant.status}`) === true;
}

function isOwnLive({ answer, after }: Step): boolean {
  return ownLive(after).some(({ grantArn }) => grantArn === answer.PhysicalResourceId);
}

function isAsItWas(before: GrantState, after: GrantState): boolean {
  // What License Manager is working on goes on by itself.
  const goesOn = ['PENDING_WORKFLOW', 'PENDING_DELETE'].includes(before.status);
  const [asBefore, asAfter] = [before, after].map(({ name, status, operations, tags }) =>
    ({ name, operations: [...operations].sort(), tags, ...goesOn || isToMany(before) ? {} : { status } }));
  return isDeepStrictEqual(asBefore, asAfter) && (goesOn || isActiveAnywhere(before) === isActiveAnywhere(after));
}

/** The status of such a grant says only that License Manager is done with it, and which of its accounts can be active is not for a rollback to say. */
function isToMany({ ownerAccountId }: GrantState): boolean {
  return ownerAccountId === undefined;
}

function isActiveAnywhere({ statusInAccounts }: GrantState): boolean {
  return Object.values(statusInAccounts).includes('ACTIVE');
}

function isAskedFor(grant: GrantState | undefined, properties: GrantProperties): boolean {
  const { GrantName, KeepsExistingName, AllowedOperations, Tags } = properties;
  return grant !== undefined && ['own', 'adopted'].includes(ownership(grant)) && isOf(properties, grant)
    && (KeepsExistingName === 'true' || grant.name === GrantName)
    && statusesAskedFor(properties).includes(grant.status)
    && (AllowedOperations === undefined || [...AllowedOperations].sort().join() === [...grant.operations].sort().join())
    && userTags(Tags).every(({ key, value }) => grant.tags[key] === value);
}

/** What the accounts below a grant to many have is in the table. */
function statusesAskedFor({ Grantee, Activation, Acceptance }: GrantProperties): string[] {
  const whileNotAccepted = Activation.Mode === 'BY_GRANTEE' || Acceptance?.Mode === 'BY_GRANTEE' ? ['PENDING_ACCEPT'] : [];
  if (Grantee.Kind !== 'ACCOUNT') {
    return [...whileNotAccepted, 'WORKFLOW_COMPLETED'];
  }
  return [...whileNotAccepted, ...Activation.Mode === 'BY_GRANTEE' ? ['DISABLED', 'ACTIVE'] : [Activation.Mode]];
}

function isOf({ LicenseArn, Grantee }: GrantProperties, { licenseArn, granteePrincipalArn }: GrantState): boolean {
  return licenseArn === LicenseArn && granteePrincipalArn === principalArn(Grantee);
}

function ownLive(grants: readonly GrantState[]): GrantState[] {
  return grants.filter((grant) => isLive(grant.status as GrantStatus) && ['own', 'adopted'].includes(ownership(grant)));
}

function sameArns(grants: readonly GrantState[], arns: readonly string[]): boolean {
  return grants.map(({ grantArn }) => grantArn).sort().join() === [...arns].sort().join();
}

function deletedIn(calls: Step['calls']): string[] {
  return calls.filter(({ operation }) => operation === 'DeleteGrant').map((call) => grantIn(call)!);
}

function deletedOrReleasedIn(calls: Step['calls']): string[] {
  return calls.filter(({ operation, request }) => operation === 'DeleteGrant'
    || (operation === 'UntagResource' && (request as { readonly TagKeys: readonly string[] }).TagKeys.includes(ownershipTags(OWNER)[0].key)))
    .map((call) => grantIn(call)!);
}

function find(grants: readonly GrantState[], arn: string): GrantState | undefined {
  return grants.find(({ grantArn }) => grantArn === arn);
}
