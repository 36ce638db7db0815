import { setMaxListeners } from 'node:events';
import { Pace, RESOURCES_AT_ONCE } from './pace';
import { DependencyGraph } from '../template/dependency-graph';

/** Does something to one resource. False: it failed. */
export type WalkTask = (logicalId: string, cancellation: AbortSignal) => Promise<boolean>;

export interface WalkOptions {
  /** After a failure nothing new begins and what is under way is cancelled; otherwise all goes on that does not depend on it. */
  readonly stopOnFailure: boolean;
  /** Cancels from outside. @default - nobody does */
  readonly cancellation?: AbortSignal;
}

/**
 * Visits all resources of a graph, each as soon as those before it are done, in parallel where the graph allows it.
 * Returns the ones whose task failed.
 */
export async function walk(graph: DependencyGraph, task: WalkTask, options: WalkOptions): Promise<readonly string[]> {
  const failed: string[] = [];
  const pace = new Pace(RESOURCES_AT_ONCE);
  const visits = new Map<string, Promise<boolean>>();
  const cancellation = new AbortController();
  // Every resource under way listens; Node.js takes more than ten listeners for a leak and warns.
  setMaxListeners(0, cancellation.signal);
  const cancel = () => cancellation.abort();
  options.cancellation?.addEventListener('abort', cancel);

  const perform = async (logicalId: string): Promise<boolean> => {
    const dependencies = [...graph.get(logicalId)!].filter((dependency) => graph.has(dependency));
    const succeeded = await Promise.all(dependencies.map(visit));
    return succeeded.every(Boolean) && pace.take(() => attempt(logicalId));
  };
  const attempt = async (logicalId: string): Promise<boolean> => {
    if (cancellation.signal.aborted) return false;
    const success = await task(logicalId, cancellation.signal);
    if (success) return true;
    failed.push(logicalId);
    if (options.stopOnFailure) cancellation.abort();
    return false;
  };
  const visit = (logicalId: string): Promise<boolean> => {
    const visited = visits.get(logicalId) ?? perform(logicalId);
    visits.set(logicalId, visited);
    return visited;
  };

  await Promise.all([...graph.keys()].map(visit));
  options.cancellation?.removeEventListener('abort', cancel);
  return failed;
}
