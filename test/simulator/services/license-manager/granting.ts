import {
  CreateGrantCommand, CreateGrantCommandInput, CreateGrantVersionCommand, CreateGrantVersionCommandInput, Grant, GetGrantCommand,
  ListReceivedGrantsForOrganizationCommand,
} from '@aws-sdk/client-license-manager';
import { LINUX, MANAGEMENT, SimulatedOrganization } from '../simulated-organization';

export const ORGANIZATION_ARN = 'arn:aws:organizations::111111111111:organization/o-exampleorg1';

export function account(id: string): string {
  return `arn:aws:iam::${id}:root`;
}

export function unit(id: string): string {
  return `arn:aws:organizations::111111111111:ou/o-exampleorg1/${id}`;
}

let tokens = 0;

/** Another token for every call: that the same one repeats an answer has its own tests. */
export function token(): string {
  tokens += 1;
  return `token-${tokens}`;
}

export function grantInput(principal: string, changes: Partial<CreateGrantCommandInput> = {}): CreateGrantCommandInput {
  return {
    ClientToken: token(),
    GrantName: 'example',
    LicenseArn: LINUX,
    Principals: [principal],
    HomeRegion: 'us-east-1',
    AllowedOperations: ['CheckoutLicense', 'CreateToken'],
    ...changes,
  };
}

export async function createGrant(
  organization: SimulatedOrganization, principal: string, changes: Partial<CreateGrantCommandInput> = {}, grantor = MANAGEMENT,
): Promise<string> {
  const { GrantArn } = await organization.licenseManager(grantor).send(new CreateGrantCommand(grantInput(principal, changes)));
  return GrantArn!;
}

/** Creates a grant and waits until it is distributed. */
export async function distributedGrant(
  organization: SimulatedOrganization, principal: string, changes: Partial<CreateGrantCommandInput> = {}, grantor = MANAGEMENT,
): Promise<string> {
  const arn = await createGrant(organization, principal, changes, grantor);
  await organization.settle();
  return arn;
}

export async function revise(
  organization: SimulatedOrganization, arn: string, changes: Partial<CreateGrantVersionCommandInput>, caller = MANAGEMENT,
): Promise<void> {
  await organization.licenseManager(caller).send(new CreateGrantVersionCommand({ ClientToken: token(), GrantArn: arn, ...changes }));
  await organization.settle();
}

export async function read(organization: SimulatedOrganization, arn: string, caller = MANAGEMENT): Promise<Grant> {
  return (await organization.licenseManager(caller).send(new GetGrantCommand({ GrantArn: arn }))).Grant!;
}

/** By account id: the grants of the accounts below an organization's grant. */
export async function children(organization: SimulatedOrganization, parentArn: string, licenseArn = LINUX): Promise<Record<string, Grant>> {
  const { Grants } = await organization.licenseManager(MANAGEMENT).send(new ListReceivedGrantsForOrganizationCommand({
    LicenseArn: licenseArn, Filters: [{ Name: 'ParentArn', Values: [parentArn] }],
  }));
  return Object.fromEntries(Grants!.map((grant) => [grant.GranteePrincipalArn!.split(':')[4], grant]));
}
