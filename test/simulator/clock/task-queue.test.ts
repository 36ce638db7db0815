import { ScheduledTask, TaskQueue } from '../../../simulator/clock/task-queue';

function takeAll(queue: TaskQueue): ScheduledTask[] {
  const taken: ScheduledTask[] = [];
  for (let task = queue.take(); task; task = queue.take()) taken.push(task);
  return taken;
}

test('an empty queue has nothing to give', () => {
  expect(new TaskQueue().take()).toBeUndefined();
});

test('tasks come by their times, and by their order when the times are equal, in whatever order they were added', () => {
  const queue = new TaskQueue();
  // 7 and 100 have no divisor in common: every number below 100 comes once.
  const tasks = Array.from({ length: 100 }, (_value, index) => index * 7 % 100).map((order) => new ScheduledTask(order % 10, order, () => undefined));
  tasks.forEach((task) => queue.add(task));
  const expected = [...tasks].sort((left, right) => left.dueAt - right.dueAt || left.order - right.order);
  expect(takeAll(queue)).toEqual(expected);
});

test('tasks may be added while others are taken', () => {
  const queue = new TaskQueue();
  const task = (dueAt: number) => new ScheduledTask(dueAt, dueAt, () => undefined);
  [5, 1, 9].forEach((dueAt) => queue.add(task(dueAt)));
  expect(queue.take()).toMatchObject({ dueAt: 1 });
  [3, 7].forEach((dueAt) => queue.add(task(dueAt)));
  expect(takeAll(queue).map(({ dueAt }) => dueAt)).toEqual([3, 5, 7, 9]);
});

test('a cancelled task is left out and does nothing', () => {
  const queue = new TaskQueue();
  const work = jest.fn();
  const tasks = [1, 2, 3].map((dueAt) => new ScheduledTask(dueAt, dueAt, work));
  tasks.forEach((task) => queue.add(task));
  tasks[0].cancel();
  tasks[2].cancel();
  tasks[2].run();
  expect(takeAll(queue)).toEqual([tasks[1]]);
  expect(work).not.toHaveBeenCalled();
});
