/** A state machine in the Amazon States Language, as far as the simulator plays it: https://states-language.net/spec.html */
export interface StateMachineDefinition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
  readonly TimeoutSeconds?: number;
}

export type State = TaskState | PassState | WaitState | ChoiceState | SucceedState | FailState;

/** What a state takes of its input and gives of its output; null is nothing at all. */
export interface DataSelection {
  /** @default $ */
  readonly InputPath?: string | null;
  /** @default $ */
  readonly OutputPath?: string | null;
}

export interface Transition {
  readonly Next?: string;
  readonly End?: boolean;
}

/** Where the result goes in the state's input. @default $ - the result alone; null keeps the input and drops the result */
export type ResultPath = string | null;

export interface TaskState extends DataSelection, Transition {
  readonly Type: 'Task';
  /** The ARN of a function, or INVOKE_FUNCTION. */
  readonly Resource: string;
  readonly Parameters?: unknown;
  readonly ResultSelector?: unknown;
  readonly ResultPath?: ResultPath;
  readonly TimeoutSeconds?: number;
  readonly HeartbeatSeconds?: number;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
}

/** Invokes the function that the parameters name: https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html */
export const INVOKE_FUNCTION = /^arn:[^:]+:states:::lambda:invoke$/;

export interface PassState extends DataSelection, Transition {
  readonly Type: 'Pass';
  readonly Parameters?: unknown;
  readonly Result?: unknown;
  readonly ResultPath?: ResultPath;
}

export interface WaitState extends DataSelection, Transition {
  readonly Type: 'Wait';
  readonly Seconds?: number;
  /** Instead of `Seconds`. */
  readonly SecondsPath?: string;
}

export interface ChoiceState extends DataSelection {
  readonly Type: 'Choice';
  readonly Choices: readonly (ChoiceRule & { readonly Next: string })[];
  readonly Default?: string;
}

/** A comparison of a variable, or a combination of others. */
export interface ChoiceRule {
  readonly Variable?: string;
  readonly And?: readonly ChoiceRule[];
  readonly Or?: readonly ChoiceRule[];
  readonly Not?: ChoiceRule;
  readonly [member: string]: unknown;
}

export interface SucceedState extends DataSelection {
  readonly Type: 'Succeed';
}

export interface FailState {
  readonly Type: 'Fail';
  readonly Error?: string;
  readonly ErrorPath?: string;
  readonly Cause?: string;
  readonly CausePath?: string;
}

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
}

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly ResultPath?: ResultPath;
}
