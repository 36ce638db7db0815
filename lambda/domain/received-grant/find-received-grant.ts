import { accountGrantsBelow, chooseGrant } from './choose-grant';
import type { Choice } from './choose-grant';
import { describeSelection } from './grant-selection';
import type { GrantSelection } from './grant-selection';
import type { ReceivedGrantsGateway } from './received-grants-gateway';
import type { Clock } from '../clock';
import { Failure } from '../failure';
import { describeGrant } from './describe-grant';
import type { Grant } from '../grant/grant';
import { ReadingPauses } from '../grant/reading-pauses';
import type { Journal } from '../journal';

/** What it takes to look once. */
export interface Look {
  readonly selection: GrantSelection;
  /** The account that looks for its grant, as a principal. */
  readonly granteePrincipalArn: string;
  /** Then one that is rejected already is found as well. */
  readonly toBeRejected: boolean;
  readonly licenseManager: ReceivedGrantsGateway;
}

export interface Search extends Look {
  readonly homeRegion: string;
  readonly clock: Clock;
  /** Until when the grant has to be there, in milliseconds since the epoch. */
  readonly arrivesBy: number;
  readonly journal: Journal;
}

const CHECK_OR_DEPLOY_LATER = 'check the selection and the home Region. If it is right, have the grantor make the grant first, '
  + 'or deploy again with more time: `arrivesWithin` takes up to 14 minutes';

/** AWS's sample for Bedrock reports hours or days for an organization; a function cannot wait so long. */
const DEPLOY_ONCE_IT_IS_THERE = 'deploy again once the part has arrived, which can take hours or days; `arrivesWithin` takes up to 14 minutes';

/** A message has to fit into an answer to CloudFormation. */
const MOST_LISTED = 5;

/** The account's one grant that fits the selection, waited for until it is there. */
export async function findReceivedGrant(search: Search): Promise<Grant> {
  const pauses = new ReadingPauses(search.clock, search.arrivesBy);
  for (;;) {
    const choice = await lookForReceivedGrant(search);
    if (choice.kind === 'found') {
      return choice.grant;
    }
    if (choice.kind === 'several') {
      throw ambiguous(search, choice.grants);
    }
    if (isNamedAndDead(search, choice) || !pauses.hasTime()) {
      throw notThere(search, choice);
    }
    search.journal.note('The grant is not there yet', { selection: describeSelection(search.selection), found: choice.kind });
    await pauses.pause();
  }
}

/** What there is at the moment. */
export async function lookForReceivedGrant({ selection, granteePrincipalArn, toBeRejected, licenseManager }: Look): Promise<Choice> {
  const listed = await licenseManager.listReceivedGrants(selection);
  const toGroup = listed.find(({ arn, granteePrincipalArn: grantee }) => arn === selection.grantArn && grantee !== granteePrincipalArn);
  if (!toGroup) {
    return chooseGrant(granteePrincipalArn, listed, toBeRejected);
  }
  const ofLicense = await licenseManager.listReceivedGrants({ ...selection, grantArn: undefined, licenseArn: toGroup.licenseArn });
  const below = accountGrantsBelow(toGroup, granteePrincipalArn, ofLicense);
  return chooseGrant(granteePrincipalArn, [toGroup, ...below], toBeRejected);
}

/** A new grant has another ARN: waiting for the named one is of no use. */
function isNamedAndDead({ selection }: Search, choice: Choice): boolean {
  return choice.kind === 'dead' && choice.grants.some(({ arn }) => arn === selection.grantArn);
}

function ambiguous(search: Search, grants: readonly Grant[]): Failure {
  return new Failure(askedFor(search), `several grants fit: ${list(grants)}`, 'choose one of them with `grantArn`, or narrow the selection down with `grantorAccount` or `license`');
}

function notThere(search: Search, choice: Choice): Failure {
  switch (choice.kind) {
    case 'dead':
      return new Failure(askedFor(search), `nothing brings back what was there: ${list(choice.grants)}`,
        'have the grantor make a new grant; a rejected or deleted one is final');
    case 'none':
      return choice.toGroups.length > 0
        ? new Failure(askedFor(search), `this account does not have its part yet of ${list(choice.toGroups)}`, DEPLOY_ONCE_IT_IS_THERE)
        : new Failure(askedFor(search), 'this account has received no such grant', CHECK_OR_DEPLOY_LATER);
    default:
      throw new Error(`a grant that is ${choice.kind} is there`);
  }
}

function askedFor({ selection, homeRegion }: Search): string {
  return `Search for the received grant ${describeSelection(selection)} in ${homeRegion}`;
}

function list(grants: readonly Grant[]): string {
  const listed = grants.slice(0, MOST_LISTED).map(describeGrant);
  return [...listed, ...(grants.length > MOST_LISTED ? [`${grants.length - MOST_LISTED} more`] : [])].join('; ');
}
