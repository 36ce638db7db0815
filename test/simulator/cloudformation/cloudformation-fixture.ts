import { SimulatedClock } from '../../../simulator/clock/simulated-clock';
import { AssemblyStack } from '../../../simulator/cloudformation/assembly/cloud-assembly';
import { CustomResourceEvent } from '../../../simulator/cloudformation/custom-resource/custom-resource-event';
import { SimulatedCloudFormation, SimulatedCloudFormationProps } from '../../../simulator/cloudformation/simulated-cloudformation';
import { StackEvent } from '../../../simulator/cloudformation/stack-event';
import { Template, TemplateResource } from '../../../simulator/cloudformation/template/template';
import { SimulatedLambda } from '../../../simulator/lambda/simulated-lambda';
import { StackRecords } from '../../../simulator/services/cloudformation/stack-records';
import { EventRules } from '../../../simulator/services/events/event-rules';
import { Roles } from '../../../simulator/services/iam/roles';
import { Functions } from '../../../simulator/services/lambda/functions';
import { StackGrants } from '../../../simulator/services/license-manager/stack-grants';
import { ParameterStore } from '../../../simulator/services/ssm/parameter-store';
import { StateMachines } from '../../../simulator/services/states/state-machines';
import { TaskFunctions } from '../../../simulator/services/states/task-functions';
import { ACCOUNT, surroundings } from '../lambda/function-fixture';

export { ACCOUNT };

/** For stacks without grants. */
export const NO_GRANTS = {} as StackGrants;

/** A simulated CloudFormation with all that it plays on, and what it did. */
export class CloudFormationFixture {
  readonly clock = new SimulatedClock();
  readonly roles = new Roles();
  readonly functions = new Functions();
  readonly stateMachines = new StateMachines({ functions: new TaskFunctions(this.functions, this.clock), clock: this.clock });
  readonly parameterStore = new ParameterStore(this.clock);
  readonly stacks = new StackRecords(this.clock);
  readonly lambda = new SimulatedLambda({ aws: surroundings(), clock: this.clock });
  readonly cloudFormation: SimulatedCloudFormation;
  private events: StackEvent[] = [];
  private seenRequests = 0;

  constructor(props: Partial<SimulatedCloudFormationProps> = {}) {
    this.functions.areRunBy(this.lambda);
    this.cloudFormation = new SimulatedCloudFormation({
      aws: {
        roles: {
          put: (role) => this.roles.put(role, this.clock.now()),
          remove: (accountId, name) => this.roles.remove(accountId, name),
          putPolicy: () => {},
          removePolicy: () => {},
        },
        functions: this.functions,
        stateMachines: this.stateMachines,
        eventRules: new EventRules(this.functions, this.stateMachines),
        parameterStore: this.parameterStore,
        stacks: this.stacks,
        stackGrants: NO_GRANTS,
      },
      lambda: this.lambda,
      clock: this.clock,
      onEvent: (event) => this.events.push(event),
      ...props,
    });
  }

  /** The events since the last time, as people read them. */
  takeEvents(): string[] {
    return this.events.splice(0).map(({ logicalId, status, reason }) => `${logicalId} ${status}${reason ? `: ${reason}` : ''}`);
  }

  /** What functions have been asked since the last time. */
  takeRequests(): CustomResourceEvent[] {
    const requests = this.lambda.logEvents().filter(({ message }) => message.startsWith('{"RequestType"'));
    const taken = requests.slice(this.seenRequests).map(({ message }) => JSON.parse(message) as CustomResourceEvent);
    this.seenRequests = requests.length;
    return taken;
  }

  get secondsPassed(): number {
    return (this.clock.now().getTime() - Date.parse('2026-07-01T00:00:00Z')) / 1000;
  }

  async stop(): Promise<void> {
    await this.lambda.stop();
    await this.cloudFormation.stop();
  }
}

export function stackOf(resources: Record<string, unknown>, others: Omit<Template, 'Resources'> & Partial<AssemblyStack> = {}): AssemblyStack {
  const { stackName, accountId, region, assets, ...sections } = others;
  return {
    stackName: stackName ?? 'Stack',
    accountId: accountId ?? ACCOUNT,
    region: region ?? 'eu-west-1',
    tags: {},
    assets: assets ?? new Map(),
    template: { ...sections, Resources: resources as Record<string, TemplateResource> },
  };
}

export const ROLE = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } } };

/**
 * A function that logs its request and answers it.
 *
 * @param decide the source of a function `async (event) => answer`; what it leaves out is filled in
 */
export function answeringFunction(decide: string): unknown {
  const source = `
    const decide = ${decide};
    const put = (url, body) => new Promise((resolve, reject) => {
      const request = require('node:https').request(url, { method: 'PUT' }, (response) => { response.resume(); response.on('end', resolve); });
      request.on('error', reject);
      request.end(body);
    });
    const sleep = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    exports.handler = async (event) => {
      console.log(JSON.stringify(event));
      const { StackId, RequestId, LogicalResourceId } = event;
      const answer = await decide(event, { put, sleep });
      if (answer === undefined) return;
      const body = typeof answer === 'string' ? answer : JSON.stringify({ Status: 'SUCCESS', StackId, RequestId, LogicalResourceId, ...answer });
      await put(event.ResponseURL, body);
    };`;
  return {
    Type: 'AWS::Lambda::Function',
    Properties: { Code: { ZipFile: source }, Handler: 'index.handler', Runtime: 'nodejs22.x', Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Timeout: 900 },
  };
}

/** The template's part that custom resources stand on: a role and a function. */
export function provider(decide: string): Record<string, unknown> {
  return { Role: ROLE, Function: answeringFunction(decide) };
}

export function customResource(properties: Record<string, unknown> = {}, others: Record<string, unknown> = {}): unknown {
  return { Type: 'Custom::Thing', Properties: { ServiceToken: { 'Fn::GetAtt': ['Function', 'Arn'] }, ...properties }, ...others };
}
