import type { GrantState } from './grant-world';
import { INVENTED_ID } from './play';
import type { Played, Step } from './play';
import { grantIn, isChange, ownership } from './readings';
import { STATUSES, UNKNOWN_GRANT } from './situations';
import type { Situation } from './situations';
import { NOTHING_MADE } from '../../../lambda/cloudformation/custom-resource';
import { isOwnershipTag } from '../../../lambda/domain/grant/ownership';
import type { ApiCall } from '../../../simulator/wire/call-log';

export interface TitledTable {
  readonly title: string;
  readonly table: string;
}

/** What came of an event in some of its situations. */
interface Outcome {
  readonly letter: string;
  readonly lines: readonly string[];
  readonly hasFailed: boolean;
}

/** Longer reasons are in the tests of what they are about. */
const WORDS_OF_REASON = 14;

const LONGEST_LINE = 120;

/** Where no request went on in that way: the update has replaced nothing, for example. */
const NOT_PLAYED = '-';

/** Tables that are the same are written once, under all their titles. */
export function renderTables(tables: readonly TitledTable[]): string {
  const titles = new Map<string, string[]>();
  for (const { title, table } of tables) {
    titles.set(table, [...titles.get(table) ?? [], title]);
  }
  return [...titles].map(([table, underTitles]) => `${underTitles.map((title) => `## ${title}\n`).join('')}\n${table}`).join('\n\n');
}

/** A Markdown table of what is found, in which letters stand for the outcomes, and these below. */
export function renderTable(played: readonly Played[], situations: readonly Situation[]): string {
  const outcomes = new Map<string, Outcome>();
  const cells = new Map<Situation, string>();
  for (const each of played) {
    const lines = renderOutcome(each);
    const key = lines.join('\n');
    const outcome = outcomes.get(key) ?? { letter: letterOf(outcomes.size), lines, hasFailed: stepsOf(each).some(({ answer }) => answer.Status === 'FAILED') };
    outcomes.set(key, outcome);
    cells.set(each.situation, `${outcome.letter}${outcome.hasFailed ? ' FAILED' : ''}`);
  }
  return [...renderCells(situations, cells), '', ...[...outcomes.values()].flatMap(renderLegend)].join('\n');
}

function renderCells(situations: readonly Situation[], cells: ReadonlyMap<Situation, string>): string[] {
  const origins = [...new Set(situations.map(({ origin }) => origin))].filter((origin) => origin !== 'none');
  const cellOf = (origin: string, status?: string) => {
    const situation = situations.find((each) => each.origin === origin && each.status === status);
    return situation && (cells.get(situation) ?? NOT_PLAYED);
  };
  const nothing = cellOf('none');
  return [
    ...nothing === undefined ? [] : [`No grant: ${nothing}`, ''],
    ...align([['found', ...origins], ...STATUSES.map((status) => [status, ...origins.map((origin) => cellOf(origin, status)!)])]),
  ];
}

function align([header, ...rows]: readonly string[][]): string[] {
  const widths = header.map((column, index) => Math.max(column.length, ...rows.map((row) => row[index].length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, index) => cell.padEnd(widths[index])).join(' | ')} |`;
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}

function letterOf(index: number): string {
  const last = String.fromCharCode('a'.charCodeAt(0) + index % 26);
  return index < 26 ? last : `${letterOf(Math.floor(index / 26) - 1)}${last}`;
}

function renderLegend({ letter, lines }: Outcome): string[] {
  const wrapped = lines.flatMap((line) => wrap(line));
  return wrapped.map((line, index) => (index === 0 ? letter : '').padEnd(4) + line);
}

function wrap(line: string): string[] {
  const lines: string[] = [];
  for (const word of line.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > LONGEST_LINE) {
      lines.push(last === undefined ? word : `       ${word}`);
    } else {
      lines[lines.length - 1] = `${last} ${word}`;
    }
  }
  return lines;
}

/** The event itself has a table of its own. */
function stepsOf({ ending, steps }: Played): readonly Step[] {
  return ending === 'completed' ? steps : steps.slice(1);
}

function renderOutcome(played: Played): string[] {
  const [first, ...deletions] = stepsOf(played);
  return [
    ...renderStep(first, played),
    ...deletions.flatMap((step) => {
      const [answer, ...effects] = renderStep(step, played);
      return [`then Delete of ${nameOf(step.physicalId!, played.names)}: ${answer}`, ...effects];
    }),
  ];
}

function renderStep(step: Step, { names, situation }: Played): string[] {
  const calls = step.calls.filter(isChange).map((call) => renderCall(call, names));
  const changes = renderChanges(step, names);
  return [
    renderAnswer(step, situation, names),
    ...calls.length === 0 ? [] : [`calls  ${calls.join(', ')}`],
    ...changes.length === 0 ? [] : [`grants ${changes.join(', ')}`],
  ];
}

function renderCall(call: ApiCall, names: ReadonlyMap<string, string>): string {
  const { operation, request, error } = call;
  const { Status, GrantName, AllowedOperations, StatusReason, Options, Tags, TagKeys, ExternalId } = request as Record<string, any>;
  const changes = operation === 'CreateGrant' ? [] : [
    Status,
    Options?.ActivationOverrideBehavior,
    GrantName && `'${GrantName}'`,
    AllowedOperations && `[${AllowedOperations.join(' ')}]`,
    StatusReason && `because of '${StatusReason}'`,
    ExternalId && `with '${ExternalId}'`,
    ...(Tags ?? []).map(({ Key }: { Key: string }) => shortKey(Key)),
    ...(TagKeys ?? []).map(shortKey),
  ];
  return [operation, names.get(grantIn(call) ?? ''), ...changes, error && `(${error.split(':')[0]})`].filter(Boolean).join(' ');
}

function shortKey(key: string): string {
  return key.replace('cdk-managed-entitlements:', '');
}

function renderChanges({ before, after }: Step, names: ReadonlyMap<string, string>): string[] {
  return after.flatMap((grant) => {
    const changes = changesOf(grant, before.find(({ grantArn }) => grantArn === grant.grantArn));
    return changes.length === 0 ? [] : [[names.get(grant.grantArn), ...changes].join(' ')];
  });
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

function renderAnswer({ answer }: Step, situation: Situation, names: ReadonlyMap<string, string>): string {
  const answered = `${answer.Status} ${nameOf(answer.PhysicalResourceId, names)}`;
  return answer.Reason === undefined ? answered : `${answered}: ${firstWords(answer.Reason, situation, names)}`;
}

function nameOf(physicalId: string, names: ReadonlyMap<string, string>): string {
  const ids = new Map([...names, [NOTHING_MADE, 'nothing made'], [INVENTED_ID, 'the invented id'], [UNKNOWN_GRANT, 'an unknown grant']]);
  return ids.get(physicalId) ?? physicalId;
}

/** What was asked is in the title, the status beside; what to do next has tests of its own. */
function firstWords(reason: string, { status }: Situation, names: ReadonlyMap<string, string>): string {
  const [, said = reason] = /failed: (.*?)(\. Next: |$)/s.exec(reason) ?? [];
  const named = [...names].reduce((text, [arn, name]) => text.replaceAll(arn, name), said).replace(`, ${status})`, ')').replace(/arn:aws:cloudformation:\S+/, 'another');
  const words = named.split(/\s+/);
  return words.length > WORDS_OF_REASON ? `${words.slice(0, WORDS_OF_REASON).join(' ')} …` : named;
}
