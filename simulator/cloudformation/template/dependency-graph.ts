import { TemplateError } from './template-error';

/** Which resources have to come before which: each id with the ids it depends on. */
export type DependencyGraph = ReadonlyMap<string, ReadonlySet<string>>;

/** The same resources, each with the ids that depend on it: the order of deletion. */
export function reversed(graph: DependencyGraph): DependencyGraph {
  const result = new Map<string, Set<string>>([...graph.keys()].map((id) => [id, new Set()]));
  for (const [id, dependencies] of graph) {
    for (const dependency of dependencies) result.get(dependency)?.add(id);
  }
  return result;
}

export function assertNoCycle(graph: DependencyGraph): void {
  const remaining = new Map(graph);
  let progressed = true;
  while (progressed) {
    progressed = false;
    for (const [id, dependencies] of remaining) {
      if ([...dependencies].some((dependency) => remaining.has(dependency))) continue;
      remaining.delete(id);
      progressed = true;
    }
  }
  const cycle = [...remaining.keys()].filter((id) => reaches(remaining, id, id));
  if (cycle.length > 0) throw new TemplateError(`Circular dependency between resources: [${cycle.join(', ')}]`);
}

function reaches(graph: DependencyGraph, from: string, target: string): boolean {
  const visited = new Set<string>();
  const queue = [...graph.get(from) ?? []];
  while (queue.length > 0) {
    const id = queue.pop()!;
    if (id === target) return true;
    if (visited.has(id)) continue;
    visited.add(id);
    queue.push(...graph.get(id) ?? []);
  }
  return false;
}
