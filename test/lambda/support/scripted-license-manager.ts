import { GRANT_ARN, OWNER, license } from './grants';
import type { Grant, GrantChanges } from '../../../lambda/domain/grant/grant';
import type { Tag } from '../../../lambda/domain/grant/grant-spec';
import type { GrantAnswer, LicenseManagerGateway, NewGrant, ServiceSettings } from '../../../lambda/domain/grant/license-manager-gateway';
import { ownershipTags } from '../../../lambda/domain/grant/ownership';
import type { ReceivedLicense } from '../../../lambda/domain/license/received-license';
import { ServiceError } from '../../../lambda/domain/service-error';

/** What a call is answered with: a value, or the error that it throws. */
type Script<Value> = (Value | Error)[];

export function refusedRequest(action: string, said: string): ServiceError {
  return new ServiceError(`license-manager:${action}`, GRANT_ARN, 'ValidationException', said);
}

/**
 * License Manager as it cannot be brought to behave in the simulated organization: every read and every answer is written
 * down beforehand. The last read stays.
 */
export class ScriptedLicenseManager implements LicenseManagerGateway {
  readonly calls: string[] = [];
  readonly tokens: string[] = [];
  grants: Script<Grant | undefined> = [];
  accountGrants: Script<Grant[]> = [];
  creations: Script<GrantAnswer> = [];
  versions: Script<GrantAnswer> = [];
  deletions: Script<undefined> = [];
  distributed: Grant[] = [];
  tags: Tag[] = ownershipTags(OWNER);

  async findGrant(): Promise<Grant | undefined> {
    return next(this.grants, 'GetGrant');
  }

  async listDistributedGrants(): Promise<Grant[]> {
    return this.distributed;
  }

  async listAccountGrants(): Promise<Grant[]> {
    return next(this.accountGrants, 'ListReceivedGrantsForOrganization');
  }

  async createGrant(_: NewGrant, clientToken: string): Promise<GrantAnswer> {
    this.calls.push('CreateGrant');
    this.tokens.push(clientToken);
    return next(this.creations, 'CreateGrant', true);
  }

  async createGrantVersion(_: string, sourceVersion: string, changes: GrantChanges, clientToken: string): Promise<GrantAnswer> {
    this.calls.push(`CreateGrantVersion from ${sourceVersion}: ${JSON.stringify(changes)}`);
    this.tokens.push(clientToken);
    return next(this.versions, 'CreateGrantVersion', true);
  }

  async deleteGrant(_: string, version: string): Promise<void> {
    this.calls.push(`DeleteGrant ${version}`);
    next(this.deletions, 'DeleteGrant', true);
  }

  async listTags(): Promise<Tag[]> {
    return this.tags;
  }

  async tag(): Promise<void> {
    this.calls.push('TagResource');
  }

  async untag(): Promise<void> {
    this.calls.push('UntagResource');
  }

  async findReceivedLicense(): Promise<ReceivedLicense | undefined> {
    return license();
  }

  async listReceivedLicensesOfProduct(): Promise<ReceivedLicense[]> {
    return [license()];
  }

  async readServiceSettings(): Promise<ServiceSettings> {
    return { linked: true };
  }

  async setOrganizationsLinking(): Promise<void> {
    this.calls.push('UpdateServiceSettings');
  }
}

function next<Value>(script: Script<Value>, call: string, once = false): Value {
  if (script.length === 0) {
    throw new Error(`the script has no answer to ${call}`);
  }
  const answer = script.length > 1 || once ? script.shift()! : script[0];
  if (answer instanceof Error) {
    throw answer;
  }
  return answer as Value;
}
