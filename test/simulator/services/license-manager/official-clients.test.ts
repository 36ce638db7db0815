import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { RealTimeClock } from '../../../../simulator/clock/real-time-clock';
import { uniformDurations } from '../../../../simulator/services/workflow-durations';
import { SimulatedAws } from '../../../../simulator/simulated-aws';
import { LINUX, MANAGEMENT, PAYMENTS, READY } from '../simulated-organization';

const run = promisify(execFile);

/** The command line of a machine that has it takes seconds to start; the test waits for nothing else. */
const COMMAND_LINE_MILLISECONDS = 60_000;

async function commandLineIsInstalled(): Promise<boolean> {
  return run('aws', ['--version']).then(() => true, () => false);
}

/** The organization file's licenses end some day; under real time the test must not. */
const READY_FOR_EVER = {
  ...READY, subscriptions: READY.subscriptions.map((subscription) => ({ ...subscription, validity: { begin: subscription.validity.begin } })),
};

test('the AWS command line creates, reads and deletes a grant', async () => {
  if (!await commandLineIsInstalled()) {
    process.stdout.write('Skipped: the AWS command line is not installed, so no client but the JavaScript SDK was checked.\n');
    return;
  }
  const simulated = await SimulatedAws.start({ organization: READY_FOR_EVER, clock: new RealTimeClock(), workflow: uniformDurations(0) });
  const aws = async (...parameters: string[]) => {
    const { stdout } = await run('aws', ['license-manager', ...parameters, '--output', 'json'], {
      env: {
        PATH: process.env.PATH,
        AWS_ENDPOINT_URL: simulated.endpoint,
        AWS_ACCESS_KEY_ID: MANAGEMENT,
        AWS_SECRET_ACCESS_KEY: 'any',
        AWS_DEFAULT_REGION: 'us-east-1',
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_PAGER: '',
      },
    });
    return JSON.parse(stdout) as Record<string, any>;
  };
  try {
    const created = await aws(
      'create-grant', '--client-token', 'once', '--grant-name', 'command-line', '--license-arn', LINUX, '--principals', `arn:aws:iam::${PAYMENTS}:root`,
      '--home-region', 'us-east-1', '--allowed-operations', 'CheckoutLicense', 'CreateToken', '--tags', 'Key=owner,Value=platform');
    expect(created).toMatchObject({ Status: 'PENDING_WORKFLOW', Version: '1' });
    const { Grant } = await aws('get-grant', '--grant-arn', created.GrantArn);
    expect(Grant).toMatchObject({ GrantName: 'command-line', GrantStatus: 'DISABLED', GranteePrincipalArn: `arn:aws:iam::${PAYMENTS}:root` });
    const deletion = JSON.stringify({ GrantArn: created.GrantArn, Version: '1' });
    expect(await aws('delete-grant', '--cli-input-json', deletion)).toMatchObject({ Status: 'PENDING_DELETE' });
    const { Grants } = await aws('list-distributed-grants', '--grant-arns', created.GrantArn);
    expect(Grants).toMatchObject([{ GrantArn: created.GrantArn, GrantStatus: 'DELETED' }]);
  } finally {
    await simulated.stop();
  }
}, COMMAND_LINE_MILLISECONDS);
