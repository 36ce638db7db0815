import type {
  CreateGrantRequest, CreateGrantResponse, CreateGrantVersionRequest, CreateGrantVersionResponse, DeleteGrantRequest, GetGrantResponse, Tag,
} from '@aws-sdk/client-license-manager';
import { Clock } from '../../clock/clock';
import { validate } from '../../model/validation';
import { ApiCall } from '../../wire/call-log';
import { rootUser } from '../../wire/caller';
import { Service } from '../../wire/service';

/** Where CloudFormation acts for a stack. */
export interface StackAccount {
  readonly accountId: string;
  readonly region: string;
}

export interface StackGrantsProps {
  readonly service: Service;
  readonly clock: Clock;
  /** To be called before anything changes. */
  readonly beforeChange: () => void;
  readonly onCall: (call: ApiCall) => void;
}

/** License Manager as CloudFormation asks it for the grants of stacks: by its own rules, with all permissions of the stack's account. */
export class StackGrants {
  private tokens = 0;

  constructor(private readonly props: StackGrantsProps) {}

  async create(request: Omit<CreateGrantRequest, 'ClientToken'>, account: StackAccount): Promise<CreateGrantResponse> {
    return this.call('CreateGrant', { ...request, ClientToken: this.nextToken() }, account);
  }

  async revise(request: Omit<CreateGrantVersionRequest, 'ClientToken'>, account: StackAccount): Promise<CreateGrantVersionResponse> {
    return this.call('CreateGrantVersion', { ...request, ClientToken: this.nextToken() }, account);
  }

  async find(grantArn: string, account: StackAccount): Promise<GetGrantResponse> {
    return this.call('GetGrant', { GrantArn: grantArn }, account);
  }

  async delete(request: DeleteGrantRequest, account: StackAccount): Promise<void> {
    await this.call('DeleteGrant', request, account);
  }

  async tag(grantArn: string, tags: readonly Tag[], account: StackAccount): Promise<void> {
    await this.call('TagResource', { ResourceArn: grantArn, Tags: tags }, account);
  }

  async untag(grantArn: string, keys: readonly string[], account: StackAccount): Promise<void> {
    await this.call('UntagResource', { ResourceArn: grantArn, TagKeys: keys }, account);
  }

  private async call<Answer>(operation: string, request: object, { accountId, region }: StackAccount): Promise<Answer> {
    const { service, clock, beforeChange, onCall } = this.props;
    const caller = rootUser(accountId);
    const now = clock.now();
    let failure: unknown;
    try {
      const { input } = service.model.operation(operation)!;
      const violations = validate(service.model, input!.shape, request, { unknownMembers: 'refused' });
      if (violations.length > 0) throw service.invalidRequest(violations);
      beforeChange();
      return await service.operations[operation].perform(request, { caller, region, now, whileWaiting: async (result) => result }) as Answer;
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      onCall({
        time: now,
        accountId,
        region,
        principalArn: caller.arn,
        service: service.model.signingName,
        operation,
        request,
        error: failure instanceof Error ? `${failure.name}: ${failure.message}` : undefined,
      });
    }
  }

  /** CloudFormation's handler does not tell one attempt from the next. */
  private nextToken(): string {
    this.tokens += 1;
    return `cloudformation-${this.tokens}`;
  }
}
