import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { IRole, Policy, PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  Choice, Condition, CustomState, DefinitionBody, Fail, LogLevel, RetryProps, StateMachine, Succeed, Wait, WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from './acknowledge-wildcards';
import { BackingFunction } from './backing-function';
import { handOverTo, runSettlements } from './concerns/settlement';
import { LOG_RETENTION } from './log-retention';
import { Permission, policyStatement } from './permission';

export interface SettlementWorkflowProps {
  /** The function that hands grants over, and that goes on with them. */
  readonly backing: BackingFunction;
  readonly logGroup?: ILogGroup;
  readonly encryptionKey?: IKey;
}

/**
 * No execution runs longer, whatever becomes of its function: that itself gives up after 14 days at the latest, and a pass that fails for
 * unknown reasons is repeated for some hours.
 */
const LONGEST_EXECUTION = Duration.days(15);

/** A pass finds what the one before has left, so whatever it has died of, it may be repeated. */
const ANY_ERROR = ['States.ALL'];

/**
 * How a pass is repeated that ended otherwise than it should: its function was stopped, or Lambda did not start it. That goes by within seconds
 * as a rule. All of it takes two and a half of the three minutes that CloudFormation waits after the time for the grant is up
 * (`TIME_TO_ANSWER`): the pauses 35 seconds, and four passes half a minute each. What is left is for the answer.
 */
const REPETITION = { errors: ANY_ERROR, interval: Duration.seconds(5), backoffRate: 2, maxAttempts: 3 };

/** What follows where CloudFormation does not wait: three and a half hours, which outlast most disturbances of AWS. */
const PATIENT_REPETITION = { errors: ANY_ERROR, interval: Duration.seconds(10), backoffRate: 2, maxDelay: Duration.minutes(15), maxAttempts: 20 };

/**
 * What follows where it does, and the end of all. An hour and a half is longer than CloudFormation waits, and with a minute between two attempts one of them
 * comes in the three minutes after the time for the grant is up.
 */
const LAST_REPETITION = { errors: ANY_ERROR, interval: Duration.seconds(10), backoffRate: 2, maxDelay: Duration.minutes(1), maxAttempts: 90 };

/**
 * Goes on with grants that are not settled when their deployment ends: one workflow for all grants of a provider, one execution for each
 * request that was handed over.
 *
 * The function says after each pass whether the execution pauses and calls it again, is done, or fails. It would be shorter to let the
 * function throw while a grant is pending and to repeat it by `Retry`, but then a pass would not know what the one before it has submitted,
 * and Lambda would count an error for each of them.
 *
 * A function that keeps dying is called in the end to wind up and to say so: by then it may work again, or it may be the pass alone that kills it.
 * Where there is time left until the answer is due, it goes on instead.
 */
export class SettlementWorkflow extends Construct {
  public readonly stateMachine: StateMachine;

  /**
   * The function's permissions to use the workflow. A policy of its own: as part of the function's role it would close a circle, since the
   * workflow names the function, and that its role.
   */
  public readonly permissions: Policy;

  constructor(scope: Construct, id: string, { backing, logGroup, encryptionKey }: SettlementWorkflowProps) {
    super(scope, id);
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      comment: 'Settles grants of AWS Marketplace licenses after their deployment (cdk-managed-entitlements)',
      definitionBody: DefinitionBody.fromChainable(this.define(backing.functionArn)),
      role: this.createRole(runSettlements(backing.functionArn)),
      timeout: LONGEST_EXECUTION,
      // Never the data: while CloudFormation waits for an answer, the input holds the URL by which it can be given.
      logs: { destination: logGroup ?? this.createLogGroup(encryptionKey), level: LogLevel.ALL, includeExecutionData: false },
      tracingEnabled: true,
    });
    this.permissions = this.permit(backing.role, handOverTo(this.stateMachine));
  }

  private define(functionArn: string): Wait {
    const pause = new Wait(this, 'Pause', { time: WaitTime.secondsPath('$.pauseSeconds') });
    const settle = this.callFunction('Settle', functionArn, REPETITION);
    // Chosen when a pass has died, not before each of them: every state takes room in the history of the execution.
    const repeat = this.callFunction('Repeat', functionArn, PATIENT_REPETITION);
    const windUp = this.callFunction('WindUp', functionArn, LAST_REPETITION, { 'settlement.$': '$.settlement', 'abandonedAfter.$': '$.failure' });
    const isAnswerDue = new Choice(this, 'IsAnswerDue')
      .when(Condition.isPresent('$.settlement.request.ResponseURL'), windUp)
      .otherwise(repeat);
    const decide = new Choice(this, 'Decide')
      .when(Condition.stringEquals('$.outcome', 'PENDING'), pause)
      .when(Condition.stringEquals('$.outcome', 'SETTLED'), new Succeed(this, 'Settled'))
      .otherwise(new Fail(this, 'NotSettled', { errorPath: '$.error', causePath: '$.cause' }));
    settle.addCatch(isAnswerDue, { resultPath: '$.failure' });
    repeat.addCatch(windUp, { resultPath: '$.failure' });
    [settle, repeat, windUp].forEach((task) => task.next(decide));
    pause.next(settle);
    return pause;
  }

  private callFunction(id: string, functionArn: string, repetition: RetryProps, parameters?: { readonly [path: string]: string }): CustomState {
    const task = new CustomState(this, id, { stateJson: { Type: 'Task', Resource: functionArn, Parameters: parameters } });
    return task.addRetry(repetition);
  }

  /** All that it may do is part of the role, so that no execution starts before its permissions exist. */
  private createRole(permissions: Permission[]): IRole {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
      description: 'Lets the workflow of cdk-managed-entitlements call its function',
      inlinePolicies: { Permissions: new PolicyDocument({ statements: permissions.map(policyStatement) }) },
    });
    permissions.filter(({ wildcardReason }) => wildcardReason).forEach((permission) => acknowledgeWildcards(role, permission));
    return role.withoutPolicyUpdates();
  }

  private permit(role: IRole, permissions: Permission[]): Policy {
    const policy = new Policy(this, 'Permissions', { statements: permissions.map(policyStatement) });
    // A role that was imported as immutable leaves it out, and then no template has it.
    role.attachInlinePolicy(policy);
    permissions.forEach((permission) => acknowledgeWildcards(policy, permission));
    return policy;
  }

  /**
   * CloudWatch Logs keeps a policy of limited size about who may write; log groups with this prefix take no room in it.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
   */
  private createLogGroup(encryptionKey?: IKey): LogGroup {
    return new LogGroup(this, 'LogGroup', {
      logGroupName: `/aws/vendedlogs/states/${Aws.STACK_NAME}-${this.node.addr}`,
      retention: LOG_RETENTION,
      encryptionKey,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
