/**
 * How many resources of one stack are in work at once. AWS publishes no number; people saw that CloudFormation works in
 * small groups (https://github.com/aws/aws-cdk/pull/26858). A custom resource in work keeps a process of its function busy, so
 * the number is also what bounds the memory of a rehearsal.
 */
export const RESOURCES_AT_ONCE = 8;

/** Lets some tasks be in work at once, the others in their order as soon as one of those is done. */
export class Pace {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  async take<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.free === 0) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      this.free -= 1;
    }
    try {
      return await task();
    } finally {
      const next = this.waiting.shift();
      if (next) {
        next();
      } else {
        this.free += 1;
      }
    }
  }
}
