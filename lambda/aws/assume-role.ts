import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { Credentials } from '@aws-sdk/client-sts';
import { call } from './call';
import { CLIENT_CONFIGURATION } from './client-configuration';
import type { Clients } from './clients';
import type { Patience } from './patience';

/** How a role in another account is assumed. */
export interface Assumption {
  readonly roleArn: string;
  readonly externalId?: string;
  /** Stands in the other account's CloudTrail. */
  readonly sessionName: string;
  /** Where STS is asked. */
  readonly region: string;
}

/** Credentials of the role for an hour, IAM's default and the most for a role that assumes another: longer than a function runs. */
export async function assumeRole(
  clients: Clients, { roleArn, externalId, sessionName, region }: Assumption, patience: Patience,
): Promise<Credentials> {
  const command = new AssumeRoleCommand({ RoleArn: roleArn, ExternalId: externalId, RoleSessionName: sessionName });
  const { Credentials: credentials } = await call('sts:AssumeRole', roleArn, patience, async () => clients.of(STSClient, region, CLIENT_CONFIGURATION).send(command));
  return credentials!;
}
