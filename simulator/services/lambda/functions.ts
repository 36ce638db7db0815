import { FunctionPermissions } from './function-permissions';

/** What the services know of a function. */
export interface KnownFunction {
  readonly functionArn: string;
  readonly functionName: string;
  readonly roleArn: string;
  readonly runtime: string;
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memorySizeInMegabytes: number;
}

export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
}

export interface FunctionOutcome {
  /** Absent when the function succeeded. */
  readonly error?: FunctionError;
  /** What the function returned, or its error, as JSON. */
  readonly payload: string;
}

/** Who runs functions. */
export interface FunctionRunner {
  find(functionArn: string): KnownFunction | undefined;
  /** Asynchronously: nobody waits for what the function returns. `finished` tells how the first attempt ended. */
  invoke(functionArn: string, event: unknown): { readonly finished: Promise<FunctionError | undefined> };
  call(functionArn: string, event: unknown): Promise<FunctionOutcome>;
}

/** The functions of all accounts. The services are there before anything can run functions: until then there are none. */
export class Functions {
  readonly permissions = new FunctionPermissions();
  private runner?: FunctionRunner;

  areRunBy(runner: FunctionRunner): void {
    this.runner = runner;
  }

  find(functionArn: string): KnownFunction | undefined {
    return this.runner?.find(functionArn);
  }

  invoke(functionArn: string, event: unknown): { readonly finished: Promise<FunctionError | undefined> } {
    return this.runner!.invoke(functionArn, event);
  }

  call(functionArn: string, event: unknown): Promise<FunctionOutcome> {
    return this.runner!.call(functionArn, event);
  }
}
