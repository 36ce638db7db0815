import { draw } from './draw';
import { Fault } from './fault';

/** Something that a fault may hit. */
export interface Target {
  /** Counts and chances are those of each source by itself, so that the order between sources does not matter. */
  readonly source: string;
  readonly service?: string;
  readonly operation?: string;
  readonly requestType?: string;
  readonly functionName?: string;
}

/** Decides whom a fault hits. */
export class Trigger {
  private readonly counts = new Map<string, number>();

  constructor(readonly fault: Fault, private readonly seed: number) {}

  /** Asked once for each target, in the order in which a source comes along. */
  hits(target: Target): boolean {
    const { service, operation, requestType, functionName, occurrences, percentage } = this.fault.where;
    const fits = (service === undefined || target.service === service)
      && (operation === undefined || target.operation === operation)
      && (requestType === undefined || target.requestType === requestType)
      && (functionName === undefined || (target.functionName?.includes(functionName) ?? false));
    if (!fits) return false;
    const count = (this.counts.get(target.source) ?? 0) + 1;
    this.counts.set(target.source, count);
    return (occurrences === undefined || (occurrences.first <= count && count <= occurrences.last))
      && (percentage === undefined || draw(this.seed, JSON.stringify(this.fault), target.source, count) * 100 < percentage);
  }
}
