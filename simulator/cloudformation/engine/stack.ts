import { Clock } from '../../clock/clock';
import { StackRecords } from '../../services/cloudformation/stack-records';
import { StackStatus } from '../../services/cloudformation/stack-status';
import { ResourceProperties } from '../resources/resource-type';
import { StackEvent } from '../stack-event';
import { ResourceStatus, StackResourceSummary } from '../stack-result';
import { StackIdentity } from '../template/pseudo-parameters';
import { DeletionPolicy } from '../template/template';
import { TemplateError } from '../template/template-error';
import { ExistingResources, ResolvedOutput, TemplateInstance } from '../template/template-instance';

export interface StackResource extends StackResourceSummary {
  /** With dynamic references as they are written. */
  readonly declared: ResourceProperties;
  readonly properties: ResourceProperties;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly otherAttribute?: (name: string) => unknown;
  readonly deletionPolicy: DeletionPolicy;
  readonly updateReplacePolicy: DeletionPolicy;
}

export interface StackProps {
  readonly identity: StackIdentity;
  /** Of a nested stack. */
  readonly parentId?: string;
  readonly clock: Clock;
  readonly records: StackRecords;
  readonly onEvent: (event: StackEvent) => void;
}

/** The state of one stack; whatever changes in it becomes an event. */
export class Stack {
  readonly resources = new Map<string, StackResource>();
  /** What the stack was last made of. */
  instance?: TemplateInstance;
  outputs: readonly ResolvedOutput[] = [];
  private departed: StackResourceSummary[] = [];
  private generations = 0;

  constructor(private readonly props: StackProps) {}

  get identity(): StackIdentity {
    return this.props.identity;
  }

  /** Of a stack that has begun. */
  get status(): StackStatus {
    return this.props.records.find(this.identity.stackId)!.status;
  }

  /** What templates can learn of the stack's resources. */
  get existing(): ExistingResources {
    return {
      reference: (logicalId) => this.resources.get(logicalId)?.physicalId,
      attribute: (logicalId, attributeName) => this.attribute(logicalId, attributeName),
    };
  }

  nextGeneration(): number {
    this.generations += 1;
    return this.generations;
  }

  report(status: StackStatus, reason?: string): void {
    const { stackName, stackId } = this.identity;
    const { records, parentId } = this.props;
    records.put({ stackId, status, statusReason: reason, parentId });
    this.emit({ logicalId: stackName, type: 'AWS::CloudFormation::Stack', physicalId: stackId, status, reason });
  }

  /** The resource is the stack's from now on, in that status. */
  put(resource: StackResource): void {
    this.resources.set(resource.logicalId, resource);
    this.emit(resource);
  }

  /** Takes over without a word what the template says of a resource beside its properties. */
  refresh(resource: StackResource): void {
    this.resources.set(resource.logicalId, resource);
  }

  /** A physical resource is about to go, is gone, or could not go; the stack's current one, or one that it took the place of. */
  reportDeparture(resource: StackResource, status: ResourceStatus, reason?: string): void {
    const { logicalId } = resource;
    const departing = { ...resource, status, reason };
    const isCurrent = this.resources.get(logicalId)?.physicalId === resource.physicalId;
    const isGone = status === 'DELETE_COMPLETE' || status === 'DELETE_SKIPPED';
    if (isCurrent && isGone) this.resources.delete(logicalId);
    if (isCurrent && !isGone) this.resources.set(logicalId, departing);
    if (isGone || !isCurrent) this.departed.push(departing);
    this.emit(departing);
  }

  /** The stack keeps no record of resources that could not be cleaned up. */
  forget(resources: readonly StackResource[]): void {
    for (const { logicalId } of resources) {
      const left = this.resources.get(logicalId);
      if (left) this.departed.push(left);
      this.resources.delete(logicalId);
    }
  }

  /** The resources of the stack, and those that have departed since the last time. */
  takeSummary(): StackResourceSummary[] {
    const summaries = [...this.resources.values(), ...this.departed].filter(({ status }) => status !== 'DELETE_IN_PROGRESS');
    this.departed = [];
    return summaries.map(({ logicalId, type, physicalId, status, reason }) => ({ logicalId, type, physicalId, status, reason }));
  }

  private attribute(logicalId: string, attributeName: string): unknown {
    const { attributes, otherAttribute, physicalId } = this.resources.get(logicalId)!;
    if (attributeName in attributes) return attributes[attributeName];
    if (otherAttribute) return otherAttribute(attributeName);
    // Seen in https://github.com/cloudcomponents/cdk-constructs/issues/140
    throw new TemplateError(
      `CustomResource attribute error: Vendor response doesn't contain ${attributeName} attribute in object ${this.identity.stackId}|${logicalId}|${physicalId}`,
    );
  }

  private emit({ logicalId, type, physicalId, status, reason }: Omit<StackEvent, 'time' | 'stackName'>): void {
    this.props.onEvent({ time: this.props.clock.now(), stackName: this.identity.stackName, logicalId, type, physicalId, status, reason });
  }
}
