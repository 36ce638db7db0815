import { Exports } from './exports';
import { Stack } from './stack';
import { StackOperation } from './stack-operation';
import { Clock } from '../../clock/clock';
import { deriveUuid } from '../../lambda/derived-identifiers';
import { StackRecords } from '../../services/cloudformation/stack-records';
import { parameterSelection } from '../../services/ssm/parameter-names';
import { ParameterStore } from '../../services/ssm/parameter-store';
import { ResourceTypes } from '../resources/resource-types';
import { StackEvent } from '../stack-event';
import { OutsideValues } from '../template/outside-values';
import { parameterValues } from '../template/parameters';
import { partitionOf, StackIdentity } from '../template/pseudo-parameters';
import { Template } from '../template/template';
import { TemplateInstance } from '../template/template-instance';

export interface StackFactoryProps {
  readonly clock: Clock;
  /** Know of every stack from its first status on. */
  readonly records: StackRecords;
  readonly onEvent: (event: StackEvent) => void;
  readonly exports: Exports;
  readonly parameterStore: ParameterStore;
  /** What the simulator does not know is an error. */
  readonly strict: boolean;
  /** Known when the first stack is made: nested stacks are a type themselves. */
  readonly types: () => ResourceTypes;
}

/** Makes what stacks consist of, nested or not. */
export class StackFactory {
  private stackCount = 0;

  constructor(private readonly props: StackFactoryProps) {}

  /** @param parentId the stack that the new one is a resource of */
  newStack({ stackName, accountId, region }: Pick<StackIdentity, 'stackName' | 'accountId' | 'region'>, parentId?: string): Stack {
    const { clock, records, onEvent } = this.props;
    const partition = partitionOf(region);
    this.stackCount += 1;
    const uuid = deriveUuid('stack', this.stackCount, accountId, region, stackName);
    const stackId = `arn:${partition}:cloudformation:${region}:${accountId}:stack/${stackName}/${uuid}`;
    return new Stack({ identity: { stackName, accountId, region, partition, stackId }, parentId, clock, records, onEvent });
  }

  /** Throws a TemplateError for what CloudFormation would not accept. */
  instantiate(
    { identity }: Stack, template: Template, parameters: Readonly<Record<string, string>>, previous?: Readonly<Record<string, string>>,
  ): TemplateInstance {
    const { exports, types, parameterStore, strict } = this.props;
    const stored = (key: string) => parameterStore.version(parameterSelection(key, identity))?.value;
    return new TemplateInstance({
      template,
      parameters: parameterValues(template, parameters, previous),
      identity,
      importValue: (exportName) => exports.importValue(identity, exportName),
      stackOutput: (request) => exports.stackOutput(identity, request),
      outside: new OutsideValues(stored, strict),
    }, types());
  }

  newOperation(stack: Stack): StackOperation {
    return new StackOperation(stack, this.props.types(), (outputs) => this.props.exports.checkChange(stack, outputs));
  }
}
