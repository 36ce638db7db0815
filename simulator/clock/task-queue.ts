/** Something to do at a time. Cancelled, it is forgotten: what it would have done is, too. */
export class ScheduledTask {
  private work?: () => void;

  /** @param order counts scheduling: of two tasks at the same time, the one that was scheduled first comes first */
  constructor(readonly dueAt: number, readonly order: number, work: () => void) {
    this.work = work;
  }

  get isCancelled(): boolean {
    return this.work === undefined;
  }

  run(): void {
    this.work?.();
  }

  cancel(): void {
    this.work = undefined;
  }
}

/** Tasks by time. A binary heap: scheduling and taking one costs no more than the logarithm of how many there are. */
export class TaskQueue {
  /** The children of index i are at 2i + 1 and 2i + 2; no task is due before its parent. */
  private readonly heap: ScheduledTask[] = [];

  add(task: ScheduledTask): void {
    let index = this.heap.push(task) - 1;
    while (index > 0) {
      const parent = Math.floor((index - 1) / 2);
      if (!isBefore(task, this.heap[parent])) break;
      this.heap[index] = this.heap[parent];
      index = parent;
    }
    this.heap[index] = task;
  }

  /** Takes the next task out that is not cancelled. One that is stays in the queue until its time. */
  take(): ScheduledTask | undefined {
    let task = this.pop();
    while (task?.isCancelled) task = this.pop();
    return task;
  }

  private pop(): ScheduledTask | undefined {
    const [first] = this.heap;
    const last = this.heap.pop();
    if (last !== undefined && last !== first) this.sink(last);
    return first;
  }

  /** Puts the task where the first one was, and further down while a child is due before it. */
  private sink(task: ScheduledTask): void {
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      if (left >= this.heap.length) break;
      const right = left + 1;
      const child = right < this.heap.length && isBefore(this.heap[right], this.heap[left]) ? right : left;
      if (!isBefore(this.heap[child], task)) break;
      this.heap[index] = this.heap[child];
      index = child;
    }
    this.heap[index] = task;
  }
}

function isBefore(left: ScheduledTask, right: ScheduledTask): boolean {
  return left.dueAt < right.dueAt || (left.dueAt === right.dueAt && left.order < right.order);
}
