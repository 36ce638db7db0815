import { writeFileSync } from 'node:fs';
import { readArguments, readDuration, readNumber } from './options';
import { readJson, readOrganization } from './organization-file';
import { progressOn } from './progress';
import { checkReportFile } from './report-file';
import { UsageError } from './usage-error';
import { readVariants, VARIANT_LINES } from './variants';
import { SIMULATION_START } from '../simulator/clock/simulated-clock';
import { AssemblyStack } from '../simulator/cloudformation/assembly/cloud-assembly';
import { readCloudAssembly } from '../simulator/cloudformation/assembly/read-cloud-assembly';
import { StackResult } from '../simulator/cloudformation/stack-result';
import { TemplateError } from '../simulator/cloudformation/template/template-error';
import { Fault } from '../simulator/faults/fault';
import { DEFAULT_SEED } from '../simulator/faults/fault-options';
import { FAULTS, WHERE_PARTS } from '../simulator/faults/fault-table';
import { InvalidFault, parseFault } from '../simulator/faults/parse-fault';
import { OrganizationDefinition } from '../simulator/organization/organization-definition';
import { Rehearsal } from '../simulator/rehearsal';
import { logLine } from '../simulator/report/log-line';
import { RehearsalOutcome, rehearsalReport } from '../simulator/report/rehearsal-report';
import { rehearsalSummary } from '../simulator/report/rehearsal-summary';
import { Event, readEvent } from '../simulator/services/events/event';

export const REHEARSE_SUMMARY = 'play synthesized CDK apps in a simulated AWS organization';

/**
 * What lies between two real deployments: the next change is written, reviewed and synthesized. It is more than License Manager takes for a
 * small organization (five minutes here), and than Lambda takes to repeat a failed event (after one minute, then two).
 */
const MINUTES_BETWEEN_STEPS = 10;

const HELP = `usage: cdk-managed-entitlements rehearse ASSEMBLY... [OPTIONS]

Plays cloud assemblies, the folders that cdk synth writes (usually cdk.out), in a simulated AWS organization, with their real Lambda
functions. Several assemblies are successive deployments of the same stacks: the first one creates, the next ones update. A deployment that
fails rolls back as in AWS, and the next ones are played all the same; so are they after one that CloudFormation refuses. Days of waiting pass in seconds.

Between one deployment, the event and the deletion ${MINUTES_BETWEEN_STEPS} minutes of simulated time pass, as they do in a pipeline: what License Manager
does in the background is done by then on a good day.

Permissions are checked if @cloud-copilot/iam-simulate is installed: each call of a function against its role, and what the roles permit
beyond that.

Options:
  --event FILE          after the deployments, deliver an EventBridge event, as JSON, to the rules of the stacks
  --destroy             delete the stacks in the end
  --until DURATION      let simulated time pass at the very end: 90s, 15m, 1h30m, 2d
  --organization FILE   the organization, as JSON (default: the example organization, six accounts)
  --account ID          the account of stacks without an environment, as cdk init makes them
  --region NAME         their Region (default: us-east-1)
  --strict              resource types that the simulator does not play are errors (default: they are kept as state, and named);
                        so are secrets and other values that it does not know (default: placeholders, named as well)
  --latency MS          how much simulated time each answer of a service takes
  --rate PER_SECOND     how many calls an account may make of a service in a second
  --fault NAME[@WHERE]  something that goes wrong, as below; may be repeated
  --seed N              decides what faults with a percentage hit (default: ${DEFAULT_SEED})
  --variant NAME=VALUE  how AWS behaves where nobody outside it knows, as below; may be repeated
  --logs                show what functions log, where they do; not shown is what a role may not write
  --json FILE           write what happened to a file: deployments, also those of nested stacks, grants, calls, permissions
  --keep                serve the simulated services afterwards, for any AWS client, until interrupted
  --help                this page

Faults:
${FAULTS.map(({ name, effect, example }) => `  ${name.padEnd(24)}${effect}\n${' '.repeat(26)}such as ${example}`).join('\n')}

The parts of WHERE are joined by commas, and all have to fit:
${WHERE_PARTS.map(({ part, meaning }) => `  ${part.padEnd(24)}${meaning}`).join('\n')}

Variants of AWS, the default first:
${VARIANT_LINES}

Exit code: 0 when every deployment ended COMPLETE, 1 when one did not or was refused, 2 when the command cannot be played as it is.

Example:
  cdk synth && cdk-managed-entitlements rehearse cdk.out --destroy
`;

export async function rehearse(args: string[]): Promise<void> {
  const { values: options, positionals: assemblies } = readArguments('rehearse', {
    args,
    allowPositionals: true,
    options: {
      destroy: { type: 'boolean' },
      event: { type: 'string' },
      until: { type: 'string' },
      organization: { type: 'string' },
      account: { type: 'string' },
      region: { type: 'string' },
      strict: { type: 'boolean' },
      logs: { type: 'boolean' },
      latency: { type: 'string' },
      rate: { type: 'string' },
      fault: { type: 'string', multiple: true },
      seed: { type: 'string' },
      variant: { type: 'string', multiple: true },
      json: { type: 'string' },
      keep: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  if (assemblies.length === 0) {
    throw new UsageError('name at least one cloud assembly, such as cdk.out; cdk-managed-entitlements rehearse --help explains');
  }
  const organization = readOrganization(options.organization, SIMULATION_START);
  const seed = readNumber('seed', options.seed, { atMost: Number.MAX_SAFE_INTEGER, whole: true }) ?? DEFAULT_SEED;
  const script: Script = {
    assemblies,
    destroy: options.destroy ?? false,
    event: options.event === undefined ? undefined : readEventFile(options.event),
    until: readDuration('until', options.until) ?? 0,
  };
  const environment = { accountId: readAccount(options.account, organization), region: options.region };
  const resourceCounts = countResources(readAssemblies(assemblies, environment.accountId, organization));
  if (options.json !== undefined) {
    checkReportFile(options.json);
  }
  const progress = progressOn(process.stdout, SIMULATION_START, { resourceCounts, withLogs: options.logs ?? false });
  const rehearsal = await Rehearsal.start({
    organization,
    seed,
    strict: options.strict,
    latencyMilliseconds: readNumber('latency', options.latency, { atMost: Number.MAX_SAFE_INTEGER, whole: true }),
    ratePerSecond: readNumber('rate', options.rate, { atMost: Number.MAX_SAFE_INTEGER, whole: true }),
    faults: options.fault?.map(readFault),
    variants: readVariants(options.variant),
    environment,
    onEvent: (event) => progress.event(event),
    onLogEvent: options.logs ? (event) => say(logLine(event, SIMULATION_START)) : undefined,
  });
  try {
    const outcome = await outcomeOf(rehearsal, seed, await play(rehearsal, script));
    progress.stop();
    say(`\n${rehearsalSummary(organization, outcome, rehearsal.permissionsNotChecked)}`);
    const failed = outcome.deployments.some(({ reason }) => reason !== undefined);
    if (failed && !options.logs) {
      say('What the functions logged: the same again with --logs');
    }
    if (options.fault) {
      say(`The same again: --seed ${seed}`);
    }
    if (options.json !== undefined) {
      writeFileSync(options.json, `${JSON.stringify(rehearsalReport(outcome), undefined, 2)}\n`);
    }
    process.exitCode = failed ? 1 : 0;
    if (options.keep) {
      say(`listening on ${rehearsal.aws.endpoint}`);
    }
  } finally {
    progress.stop();
    if (!options.keep) {
      await rehearsal.stop();
    }
  }
}

/** What is played, in this order. */
interface Script {
  readonly assemblies: readonly string[];
  readonly destroy: boolean;
  readonly event?: Event;
  /** In milliseconds of simulated time. */
  readonly until: number;
}

/** In milliseconds. */
const BETWEEN_STEPS = MINUTES_BETWEEN_STEPS * 60_000;

async function play(rehearsal: Rehearsal, { assemblies, destroy, event, until }: Script): Promise<StackResult[]> {
  const results: StackResult[] = [];
  try {
    for (const [index, assembly] of assemblies.entries()) {
      if (index > 0) await rehearsal.pass(BETWEEN_STEPS);
      results.push(...await rehearsal.deploy(assembly));
    }
    if (event) {
      await rehearsal.pass(BETWEEN_STEPS);
      for (const { targetArn, problem } of await rehearsal.cloudFormation.deliver(event)) {
        say(`Event delivered to ${targetArn}${problem === undefined ? '' : `: ${problem}`}`);
      }
    }
    if (destroy) {
      await rehearsal.pass(BETWEEN_STEPS);
      for (const assembly of [...assemblies].reverse()) {
        results.push(...await rehearsal.destroy(assembly));
      }
    }
    await rehearsal.pass(until);
  } catch (error) {
    throw error instanceof TemplateError ? new UsageError(error.message) : error;
  }
  return results;
}

async function outcomeOf({ aws, lambda }: Rehearsal, seed: number, deployments: StackResult[]): Promise<RehearsalOutcome> {
  return {
    seed,
    deployments,
    grants: aws.grants(),
    executions: aws.stateMachines.allExecutions,
    eventProblems: aws.eventRules.problems,
    calls: aws.calls,
    denied: aws.permissions?.denied ?? [],
    unchecked: aws.permissions?.unchecked ?? [],
    unusedPermissions: await aws.permissions?.unused() ?? [],
    missingPackages: lambda.missingPackages,
  };
}

function readAssemblies(folders: readonly string[], accountId: string | undefined, { accounts }: OrganizationDefinition): AssemblyStack[] {
  const assemblies = folders.map(readAssembly);
  const homeless = assemblies.flat().find((stack) => stack.accountId === undefined);
  if (homeless && accountId === undefined) {
    throw new UsageError(`the stack ${homeless.stackName} names no account: give it an environment in the app, or name the account with --account`);
  }
  const stray = assemblies.flat().find((stack) => stack.accountId !== undefined && !accounts.some(({ id }) => id === stack.accountId));
  if (stray) {
    throw new UsageError(
      `the stack ${stray.stackName} goes to the account ${stray.accountId}, which the organization does not have: ` +
      `name a file that has it with --organization; this one has ${accounts.map(({ id }) => id).join(', ')}`);
  }
  // A later one may be empty: it deletes what its stacks had.
  if (assemblies[0].every(({ template }) => Object.keys(template.Resources ?? {}).length === 0)) {
    throw new UsageError(`${folders[0]} is a cloud assembly whose stacks have no resources: there is nothing to play`);
  }
  return assemblies.flat();
}

function readAccount(id: string | undefined, { accounts }: OrganizationDefinition): string | undefined {
  if (id === undefined || accounts.some((account) => account.id === id)) {
    return id;
  }
  throw new UsageError(`--account takes an account of the organization, one of ${accounts.map((account) => account.id).join(', ')}; got '${id}'`);
}

function readAssembly(folder: string): readonly AssemblyStack[] {
  let stacks;
  try {
    ({ stacks } = readCloudAssembly(folder));
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  if (stacks.length === 0) {
    throw new UsageError(`${folder} is a cloud assembly without stacks: there is nothing to play`);
  }
  return stacks;
}

function readEventFile(file: string): Event {
  const document = readJson('event', file);
  try {
    return readEvent(document);
  } catch (error) {
    throw new UsageError(`the event file ${file} is not valid: ${(error as Error).message}`);
  }
}

function countResources(stacks: readonly AssemblyStack[]): ReadonlyMap<string, number> {
  return new Map(stacks.map(({ stackName, template }) => [stackName, Object.keys(template.Resources ?? {}).length]));
}

function readFault(text: string): Fault {
  try {
    return parseFault(text);
  } catch (error) {
    throw error instanceof InvalidFault ? new UsageError(`--fault: ${error.message}`) : error;
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
