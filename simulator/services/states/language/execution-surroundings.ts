import { FunctionOutcome } from '../../lambda/functions';

/** What an execution needs of the world. */
export interface ExecutionSurroundings {
  /** What `$$` shows of the execution and its state machine. */
  readonly context: Readonly<Record<string, unknown>>;
  /** Before each state and each further attempt at a task. Never settles for an execution that was ended from outside. */
  transition(): Promise<void>;
  /** Undefined if the function takes longer. */
  invoke(functionName: string, input: unknown, limitSeconds: number | undefined): Promise<FunctionOutcome | undefined>;
  sleep(seconds: number): Promise<void>;
  /** From 0 up to 1. */
  random(): number;
  now(): Date;
}
