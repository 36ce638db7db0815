import type { GrantState } from './grant-world';
import type { Played, Step } from './play';
import { grantIn, isChange, ownership } from './readings';
import { STATUSES } from './situations';
import type { Situation } from './situations';
import { NOTHING_MADE } from '../../../lambda/cloudformation/custom-resource';
import { isOwnershipTag } from '../../../lambda/domain/grant/ownership';
import type { ApiCall } from '../../../simulator/wire/call-log';

const COLUMNS = ['found', 'in the status', 'changing calls', 'what changed about grants', 'answer'];

/** Longer reasons are in the tests of what they are about. */
const WORDS_OF_REASON = 14;

/** A Markdown table, one row for all statuses of one origin with the same outcome. */
export function renderTable(played: readonly Played[]): string {
  const rowsByOutcome = new Map<string, string[]>();
  for (const each of played) {
    const { origin, status } = each.situation;
    const [calls, changes, answer] = [renderCalls, renderChanges, renderAnswer].map((render) =>
      each.steps.map((step) => render(step, each)).join('; then '));
    const outcome = [origin, calls, changes, answer].join('|');
    const statuses = rowsByOutcome.get(outcome)?.[1];
    rowsByOutcome.set(outcome, [origin, [statuses, status].filter(Boolean).join(', '), calls, changes, answer]);
  }
  return align([COLUMNS, ...[...rowsByOutcome.values()].map(([origin, statuses, ...cells]) => [origin, shorten(statuses), ...cells])]);
}

function shorten(statuses: string): string {
  return statuses === STATUSES.join(', ') ? 'any' : statuses;
}

function align([header, ...rows]: readonly string[][]): string {
  const widths = header.map((column, index) => Math.max(column.length, ...rows.map((row) => row[index].length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, index) => cell.padEnd(widths[index])).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function renderCalls({ calls }: Step, { names }: Played): string {
  return calls.filter(isChange).map((call) => renderCall(call, names)).join(', ') || 'none';
}

function renderCall(call: ApiCall, names: ReadonlyMap<string, string>): string {
  const { operation, request, error } = call;
  const { Status, GrantName, AllowedOperations, StatusReason, Options, Tags, TagKeys } = request as Record<string, any>;
  const changes = operation === 'CreateGrant' ? [] : [
    Status,
    Options?.ActivationOverrideBehavior,
    GrantName && `'${GrantName}'`,
    AllowedOperations && `[${AllowedOperations.join(' ')}]`,
    StatusReason && `because of '${StatusReason}'`,
    ...(Tags ?? []).map(({ Key }: { Key: string }) => shortKey(Key)),
    ...(TagKeys ?? []).map(shortKey),
  ];
  return [operation, names.get(grantIn(call) ?? ''), ...changes, error && `(${error.split(':')[0]})`].filter(Boolean).join(' ');
}

function shortKey(key: string): string {
  return key.replace('cdk-managed-entitlements:', '');
}

function renderChanges({ before, after }: Step, { names }: Played): string {
  return after.flatMap((grant) => {
    const changes = changesOf(grant, before.find(({ grantArn }) => grantArn === grant.grantArn));
    return changes.length === 0 ? [] : [[names.get(grant.grantArn), ...changes].join(' ')];
  }).join(', ') || 'nothing';
}

/** Of a new grant the rules say that it is what was asked for. */
function changesOf(now: GrantState, before: GrantState | undefined): string[] {
  if (!before) {
    return [now.status, ownership(now), inAccounts(now)].filter(Boolean);
  }
  const aspects: ((grant: GrantState) => string)[] = [
    ({ status }) => status,
    ownership,
    ({ name }) => `'${name}'`,
    ({ operations }) => `[${operations.join(' ')}]`,
    inAccounts,
    ({ tags }) => Object.entries(tags).filter(([key]) => !isOwnershipTag(key)).map(([key, value]) => `${key}=${value}`).join(' '),
  ];
  return aspects.filter((aspect) => aspect(now) !== aspect(before)).map((aspect) => aspect(now)).filter(Boolean);
}

function inAccounts({ statusInAccounts }: GrantState): string {
  const statuses = Object.entries(statusInAccounts).map(([accountId, status]) => `${accountId} ${status}`);
  return statuses.length === 0 ? '' : `(${statuses.join(', ')})`;
}

function renderAnswer({ answer }: Step, { names, situation }: Played): string {
  const id = answer.PhysicalResourceId;
  const known = id === NOTHING_MADE ? 'nothing made' : names.get(id) ?? 'unknown';
  const answered = `${answer.Status} ${known}`;
  return answer.Reason === undefined ? answered : `${answered}: ${firstWords(answer.Reason, situation, names)}`;
}

/** What was asked is in the title, the status beside; what to do next has tests of its own. */
function firstWords(reason: string, { status }: Situation, names: ReadonlyMap<string, string>): string {
  const [, said = reason] = /failed: (.*?)(\. Next: |$)/s.exec(reason) ?? [];
  const named = [...names].reduce((text, [arn, name]) => text.replaceAll(arn, name), said).replace(`, ${status})`, ')').replace(/arn:aws:cloudformation:\S+/, 'another');
  const words = named.split(/\s+/);
  return words.length > WORDS_OF_REASON ? `${words.slice(0, WORDS_OF_REASON).join(' ')} …` : named;
}
