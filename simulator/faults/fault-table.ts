import { FaultName, Where } from './fault';

export interface FaultDescription {
  readonly name: FaultName;
  /** What happens, as a sentence. */
  readonly effect: string;
  /** Which parts a WHERE may have. */
  readonly takes: readonly (keyof Where)[];
  /** The WHERE of a fault that has none; its duration also holds where a WHERE names none. Absent: a WHERE is needed. */
  readonly byDefault?: string;
  readonly example: string;
}

const CALLS: readonly (keyof Where)[] = ['service', 'operation', 'functionName', 'occurrences', 'percentage'];
const EVENTS: readonly (keyof Where)[] = ['requestType', 'functionName', 'occurrences', 'percentage'];

/** Every fault there is. Percentages and counts are high enough to show in a small stack, low enough for a robust function to get by; a timeout alone is more than most resources survive. */
export const FAULTS: readonly FaultDescription[] = [
  {
    name: 'throttling',
    effect: 'The service refuses the call as one too many, with its own error.',
    takes: CALLS,
    byDefault: '20%',
    example: 'throttling@CreateGrant,1-3',
  },
  {
    name: 'server-error',
    effect: 'The service answers with its own error for HTTP status 500; the call takes no effect.',
    takes: CALLS,
    byDefault: '10%',
    example: 'server-error@organizations,25%',
  },
  {
    name: 'connection-reset-before',
    effect: 'The connection breaks before the call takes effect.',
    takes: CALLS,
    byDefault: '10%',
    example: 'connection-reset-before@DeleteGrant,1',
  },
  {
    name: 'connection-reset-after',
    effect: 'The call takes effect, and the connection breaks before the answer.',
    takes: CALLS,
    byDefault: '10%',
    example: 'connection-reset-after@CreateGrant,1',
  },
  {
    name: 'slow-answer',
    effect: 'The call takes effect, and the answer comes so much later: after the client has given up.',
    takes: [...CALLS, 'durationMilliseconds'],
    byDefault: '5%,60s',
    example: 'slow-answer@CreateGrantVersion,1,30s',
  },
  {
    name: 'stale-reads',
    effect: 'For so long after a change, reads show what was before it.',
    takes: ['service', 'durationMilliseconds'],
    byDefault: '5s',
    example: 'stale-reads@license-manager,10s',
  },
  {
    name: 'function-killed-before',
    effect: 'The process of the function is killed as it makes the call, which takes no effect.',
    takes: CALLS,
    byDefault: '5',
    example: 'function-killed-before@CreateGrantVersion,1',
  },
  {
    name: 'function-killed-after',
    effect: 'The call takes effect, and the process of the function is killed before the answer.',
    takes: CALLS,
    byDefault: '5',
    example: 'function-killed-after@CreateGrant,1',
  },
  {
    name: 'function-timeout',
    effect: 'The function hangs at the call, until Lambda stops it at its timeout; CloudFormation mostly gives up by then.',
    takes: CALLS,
    byDefault: '5',
    example: 'function-timeout@CreateGrant,1',
  },
  {
    name: 'duplicate-event',
    effect: 'CloudFormation\'s request is delivered twice, the second time so much later.',
    takes: [...EVENTS, 'durationMilliseconds'],
    byDefault: '0s',
    example: 'duplicate-event@Create,30s',
  },
  {
    name: 'response-error',
    effect: 'The PUT of an answer to CloudFormation is refused with HTTP status 503. Counted for each request by itself.',
    takes: EVENTS,
    byDefault: '1-3',
    example: 'response-error@Delete,1-4',
  },
  {
    name: 'response-reset',
    effect: 'The connection breaks while an answer is PUT to CloudFormation, which takes it not. Counted for each request by itself.',
    takes: EVENTS,
    byDefault: '1-2',
    example: 'response-reset@Create,1',
  },
  {
    name: 'permissions-delay',
    effect: 'For so long after its creation, IAM refuses a role everything.',
    takes: ['service', 'operation', 'functionName', 'durationMilliseconds'],
    byDefault: '20s',
    example: 'permissions-delay@license-manager,10s',
  },
  {
    name: 'account-leaves',
    effect: 'The account leaves the organization after the call.',
    takes: ['accountId', ...CALLS],
    example: 'account-leaves@222222222222,CreateGrant,1',
  },
];

/** The parts of a WHERE, which are joined by commas and all have to fit. */
export const WHERE_PARTS: readonly { readonly part: string; readonly meaning: string }[] = [
  { part: 'license-manager', meaning: 'calls of this service, named as in IAM actions' },
  { part: 'CreateGrant', meaning: 'calls of this operation' },
  { part: 'Create, Update, Delete', meaning: 'what CloudFormation asks of the custom resource' },
  { part: 'function:TEXT', meaning: 'functions whose name contains this; generated names contain the logical id' },
  { part: '3', meaning: 'only the third of them, counted for each function by itself' },
  { part: '1-3', meaning: 'only the first three' },
  { part: '20%', meaning: 'that many of them, chosen by the seed' },
  { part: '500ms, 30s, 5m', meaning: 'how long' },
  { part: '222222222222', meaning: 'the account' },
];

/** The faults and the grammar of WHERE as lines of a help page. */
export function faultHelp(): string[] {
  const names = Math.max(...FAULTS.map(({ name }) => name.length));
  const parts = Math.max(...WHERE_PARTS.map(({ part }) => part.length));
  return [
    ...FAULTS.flatMap(({ name, effect, byDefault, example }) => [
      `${name.padEnd(names)}  ${effect}`,
      `${' '.repeat(names)}  ${byDefault === undefined ? 'WHERE is needed' : `default: ${byDefault}`}; for example ${example}`,
    ]),
    '',
    'WHERE is one or several of these, joined by commas; all of them have to fit:',
    ...WHERE_PARTS.map(({ part, meaning }) => `${part.padEnd(parts)}  ${meaning}`),
  ];
}
