import type { GrantDefinition } from '../../../simulator/organization/organization-definition';
import { uniformDurations } from '../../../simulator/services/workflow-durations';
import type { GrantReport } from '../../../simulator/simulated-aws';
import type { ApiCall } from '../../../simulator/wire/call-log';
import { ORGANIZATION_WITH_RENEWAL } from '../../support/renewed-license';
import { MANAGEMENT_ACCOUNT } from '../support/grants';
import { setUp } from '../support/handed-over';
import { memberRole } from '../support/member-role';
import { SimulatedStack } from '../support/simulated-stack';
import type { Answer } from '../support/simulated-stack';

/** A grant with what the accounts below have of it. */
export interface GrantState extends GrantReport {
  /** By account. Empty for a grant to one account. */
  readonly statusInAccounts: Readonly<Record<string, string>>;
}

/** Short, so that waiting handlers read few times; long enough that nobody gets away without waiting. */
const WORKFLOW_MILLISECONDS = 2_000;

export type AddWorkflow = (stack: SimulatedStack) => void;

/** How often one looks whether a workflow has given the answer that CloudFormation waits for. */
const LOOK_MILLISECONDS = 10_000;

/** The simulated organization with some grants in it, and the handler that is asked to change them. */
export class GrantWorld {
  /** @param addWorkflow makes the workflow that requests are handed over to, where there is one */
  static async start(grants: Readonly<Record<string, GrantDefinition>>, addWorkflow?: AddWorkflow): Promise<GrantWorld> {
    const world = new GrantWorld(await SimulatedStack.start({
      organization: { ...setUp(ORGANIZATION_WITH_RENEWAL), grants: Object.values(grants) }, workflow: uniformDurations(WORKFLOW_MILLISECONDS),
    }));
    world.stack.aws.roles.put(memberRole());
    addWorkflow?.(world.stack);
    const names = Object.keys(grants);
    world.grants().forEach(({ grantArn }, index) => world.names.set(grantArn, names[index]));
    return world;
  }

  /** By ARN: what the table calls a grant. */
  readonly names = new Map<string, string>();

  private constructor(private readonly stack: SimulatedStack) {}

  /** The ARN of the grant of that name, or the id itself. */
  idOf(nameOrId: string | undefined): string | undefined {
    return [...this.names].find(([, name]) => name === nameOrId)?.[0] ?? nameOrId;
  }

  /** The grants that the management account made, without those below a grant to many accounts. */
  grants(): GrantState[] {
    const grants = this.stack.aws.grants();
    return grants
      .filter(({ grantorAccountId, parentArn }) => grantorAccountId === MANAGEMENT_ACCOUNT && parentArn.includes(':license:'))
      .map((grant) => ({
        ...grant,
        statusInAccounts: Object.fromEntries(grants
          .filter(({ parentArn }) => parentArn === grant.grantArn)
          .map(({ ownerAccountId, status }) => [ownerAccountId!, status])),
      }));
  }

  /** How many workflows have not come to their end. */
  runningWorkflows(): number {
    return this.stack.aws.stateMachines.allExecutions.filter(({ status }) => status === 'RUNNING').length;
  }

  /** The calls and the answers of what the handler is asked to do, and of the workflow if that answers. Grants that it makes are called new. */
  async record(request: (stack: SimulatedStack) => Promise<void>): Promise<{ calls: ApiCall[]; answers: Answer[] }> {
    const [calls, answers] = [this.stack.aws.calls.length, this.stack.answers.length];
    await request(this.stack);
    while (this.stack.answers.length === answers && this.runningWorkflows() > 0) {
      await this.stack.clock.sleep(LOOK_MILLISECONDS);
    }
    this.grants().filter(({ grantArn }) => !this.names.has(grantArn)).forEach(({ grantArn }) => this.names.set(grantArn, this.nextName()));
    return { calls: this.stack.aws.calls.slice(calls), answers: this.stack.answers.slice(answers) };
  }

  async stop(): Promise<void> {
    await this.stack.stop();
  }

  private nextName(): string {
    const others = [...this.names.values()].filter((name) => name.startsWith('new')).length;
    return others === 0 ? 'new' : `new ${others + 1}`;
  }
}
