/**
 * How many requests to custom resources of one stack are under way at once. AWS publishes no number; people saw that
 * CloudFormation works in small groups (https://github.com/aws/aws-cdk/pull/26858). Each request keeps a process of its
 * function busy, so the number is also what bounds the memory of a rehearsal.
 */
const REQUESTS_AT_ONCE = 8;

/** Lets requests of one stack go ahead in their order, some at a time. */
export class RequestPace {
  private readonly underWay = new Map<string, number>();
  private readonly waiting = new Map<string, (() => void)[]>();

  async take<Result>(stackId: string, send: () => Promise<Result>): Promise<Result> {
    await this.turn(stackId);
    try {
      return await send();
    } finally {
      this.passTurn(stackId);
    }
  }

  private async turn(stackId: string): Promise<void> {
    const count = this.underWay.get(stackId) ?? 0;
    if (count < REQUESTS_AT_ONCE) {
      this.underWay.set(stackId, count + 1);
      return;
    }
    const queue = this.waiting.get(stackId) ?? [];
    this.waiting.set(stackId, queue);
    await new Promise<void>((resolve) => queue.push(resolve));
  }

  private passTurn(stackId: string): void {
    const next = this.waiting.get(stackId)?.shift();
    if (next) {
      next();
    } else {
      this.underWay.set(stackId, this.underWay.get(stackId)! - 1);
    }
  }
}
