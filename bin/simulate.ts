import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { UsageError } from './usage-error';
import { RealTimeClock } from '../simulator/clock/real-time-clock';
import { exampleOrganization } from '../simulator/organization/example-organization';
import { OrganizationDefinition } from '../simulator/organization/organization-definition';
import { InvalidOrganizationFile, parseOrganization } from '../simulator/organization/parse-organization';
import { uniformDurations } from '../simulator/services/workflow-durations';
import { SimulatedAws } from '../simulator/simulated-aws';

export const SIMULATE_SUMMARY = 'serve a simulated AWS organization that any AWS client can talk to';

/** Long enough that a client which does not wait is found out, short enough for a person at a terminal. */
const WORKFLOW_SECONDS = 0.5;

const HELP = `usage: cdk-managed-entitlements simulate [OPTIONS]

Serves License Manager, Organizations, IAM and STS of a simulated AWS organization on 127.0.0.1, until it is interrupted.
It answers every official AWS client: set AWS_ENDPOINT_URL to what it prints, and take the id of an account of the
organization as access key id (with any secret) to be that account.

Options:
  --port NUMBER              where to listen (default: any free port)
  --organization FILE        the organization, as JSON (default: the example organization, six accounts)
  --workflow-seconds NUMBER  how long License Manager takes for what it does in the background (default: ${WORKFLOW_SECONDS})
  --help                     this page

Example:
  cdk-managed-entitlements simulate --port 4599
  AWS_ENDPOINT_URL=http://127.0.0.1:4599 AWS_ACCESS_KEY_ID=111111111111 AWS_SECRET_ACCESS_KEY=any \\
    aws license-manager list-received-licenses --region us-east-1
`;

export async function simulate(args: string[]): Promise<void> {
  const options = readOptions(args);
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  const aws = await start(
    options.organization === undefined ? exampleOrganization(new Date()) : readOrganization(options.organization),
    readNumber('port', options.port, { atMost: 65_535, whole: true }),
    readNumber('workflow-seconds', options['workflow-seconds'], { atMost: Number.MAX_SAFE_INTEGER, whole: false }) ?? WORKFLOW_SECONDS,
  );
  process.stdout.write(`listening on ${aws.endpoint}\n`);
}

function readOptions(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        'port': { type: 'string' },
        'organization': { type: 'string' },
        'workflow-seconds': { type: 'string' },
        'help': { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    const [problem] = (error as Error).message.split('. ');
    throw new UsageError(`${problem}; cdk-managed-entitlements simulate --help lists the options`);
  }
}

function readNumber(name: string, text: string | undefined, { atMost, whole }: { atMost: number; whole: boolean }): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  const number = Number(text);
  if (text.trim() === '' || !(number >= 0 && number <= atMost) || (whole && !Number.isInteger(number))) {
    throw new UsageError(`--${name} takes a ${whole ? 'whole ' : ''}number from 0 to ${atMost}, got '${text}'`);
  }
  return number;
}

function readOrganization(file: string): OrganizationDefinition {
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(file, 'utf-8'));
  } catch (error) {
    throw new UsageError(`the organization file ${file} cannot be read: ${(error as Error).message}`);
  }
  try {
    return parseOrganization(document);
  } catch (error) {
    if (error instanceof InvalidOrganizationFile) {
      throw new UsageError(`the organization file ${file} is not valid: ${error.problems.join('; ')}`);
    }
    throw error;
  }
}

async function start(organization: OrganizationDefinition, port: number | undefined, workflowSeconds: number): Promise<SimulatedAws> {
  try {
    return await SimulatedAws.start({ organization, clock: new RealTimeClock(), port, workflow: uniformDurations(workflowSeconds * 1000) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      throw new UsageError(`port ${port} is in use; choose another with --port, or leave it out`);
    }
    throw error;
  }
}
