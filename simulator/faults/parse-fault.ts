import { Fault, Where } from './fault';
import { FaultDescription, FAULTS } from './fault-table';
import { OPERATION_NAMES, SERVICE_NAMES } from './known-calls';

/** A fault that was written in a way that the simulator does not understand. The message is for the person who wrote it. */
export class InvalidFault extends Error {}

const REQUEST_TYPES = ['Create', 'Update', 'Delete'];
const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60 * 1000 };

/** How people name what a WHERE cannot have. */
const PART_NAMES: Readonly<Record<keyof Where, string>> = {
  service: 'a service',
  operation: 'an operation',
  requestType: 'a request type',
  functionName: 'a function',
  occurrences: 'a count',
  percentage: 'a percentage',
  durationMilliseconds: 'a duration',
  accountId: 'an account',
};

/** Reads `NAME[@WHERE]`. */
export function parseFault(text: string): Fault {
  const [name, ...wheres] = text.split('@');
  const description = FAULTS.find((fault) => fault.name === name);
  if (!description) throw new InvalidFault(`there is no fault '${name}'; the faults are ${FAULTS.map((fault) => fault.name).join(', ')}`);
  if (wheres.length > 1) throw new InvalidFault(`'${text}' has more than one @; parts of a WHERE are joined by commas, as in ${description.example}`);
  return { name: description.name, where: wheres.length === 0 ? defaultWhere(description) : givenWhere(text, wheres[0], description) };
}

function defaultWhere({ name, byDefault, example }: FaultDescription): Where {
  if (byDefault === undefined) throw new InvalidFault(`${name} needs a WHERE, as in ${example}`);
  return parseWhere(name, byDefault);
}

function givenWhere(text: string, parts: string, description: FaultDescription): Where {
  const where = parseWhere(text, parts);
  const unsuitable = (Object.keys(where) as (keyof Where)[]).find((part) => !description.takes.includes(part));
  if (unsuitable) {
    throw new InvalidFault(`'${text}' names ${PART_NAMES[unsuitable]}, which means nothing to ${description.name}; write it as in ${description.example}`);
  }
  if (description.name === 'account-leaves' && where.accountId === undefined) {
    throw new InvalidFault(`'${text}' does not name the account, as in ${description.example}`);
  }
  const { durationMilliseconds } = description.byDefault === undefined ? {} : parseWhere(description.name, description.byDefault);
  return durationMilliseconds === undefined ? where : { durationMilliseconds, ...where };
}

function parseWhere(text: string, parts: string): Where {
  let where: Where = {};
  for (const part of parts.split(',')) {
    const parsed = parsePart(text, part);
    const repeated = (Object.keys(parsed) as (keyof Where)[]).find((key) => key in where);
    if (repeated) throw new InvalidFault(`'${text}' names ${PART_NAMES[repeated]} twice`);
    where = { ...where, ...parsed };
  }
  return where;
}

function parsePart(text: string, part: string): Where {
  if (SERVICE_NAMES.includes(part)) return { service: part };
  if (OPERATION_NAMES.includes(part)) return { operation: part };
  if (REQUEST_TYPES.includes(part)) return { requestType: part };
  if (part.startsWith('function:') && part !== 'function:') return { functionName: part.slice('function:'.length) };
  if (/^\d{12}$/.test(part)) return { accountId: part };
  return parseCount(text, part) ?? parsePercentage(text, part) ?? parseDuration(part) ?? misunderstood(text, part);
}

function parseCount(text: string, part: string): Where | undefined {
  const match = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(part);
  if (!match) return undefined;
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  if (first < 1 || last < first) throw new InvalidFault(`'${text}' has the count ${part}; counts begin with 1 and go up`);
  return { occurrences: { first, last } };
}

function parsePercentage(text: string, part: string): Where | undefined {
  const match = /^(\d+(?:\.\d+)?)%$/.exec(part);
  if (!match) return undefined;
  const percentage = Number(match[1]);
  if (percentage > 100) throw new InvalidFault(`'${text}' has the percentage ${part}; 100% is the most`);
  return { percentage };
}

function parseDuration(part: string): Where | undefined {
  const match = /^(\d+)(ms|s|m)$/.exec(part);
  return match ? { durationMilliseconds: Number(match[1]) * MILLISECONDS[match[2]] } : undefined;
}

function misunderstood(text: string, part: string): never {
  throw new InvalidFault(
    `'${text}' has the part '${part}', which is no service (${SERVICE_NAMES.join(', ')}), no operation of one that the simulator plays,`
    + ' no request type (Create, Update, Delete), no function:TEXT, no count (3 or 1-3), no percentage (20%), no duration (30s) and no account id');
}
