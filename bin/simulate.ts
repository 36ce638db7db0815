import { readArguments, readNumber } from './options';
import { readOrganization } from './organization-file';
import { UsageError } from './usage-error';
import { RealTimeClock } from '../simulator/clock/real-time-clock';
import { OrganizationDefinition } from '../simulator/organization/organization-definition';
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
  const { values: options } = readArguments('simulate', {
    args,
    options: {
      'port': { type: 'string' },
      'organization': { type: 'string' },
      'workflow-seconds': { type: 'string' },
      'help': { type: 'boolean', short: 'h' },
    },
  });
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  const aws = await start(
    readOrganization(options.organization, new Date()),
    readNumber('port', options.port, { atMost: 65_535, whole: true }),
    readNumber('workflow-seconds', options['workflow-seconds'], { atMost: Number.MAX_SAFE_INTEGER, whole: false }) ?? WORKFLOW_SECONDS,
  );
  process.stdout.write(`listening on ${aws.endpoint}\n`);
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
