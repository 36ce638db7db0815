import { isDeepStrictEqual } from 'node:util';
import { checkTemplateForm } from './check-template-form';
import { checkedPolicy, POLICY_ATTRIBUTES } from './deletion-policies';
import { assertNoCycle, DependencyGraph } from './dependency-graph';
import { checkDynamicReferences, withDynamicValues } from './dynamic-references';
import { ResolutionScope, resolve, StackOutputRequest } from './intrinsic-functions';
import { OutsideValues } from './outside-values';
import { fetchedValues, referencedParameter } from './parameters';
import { pseudoParametersOf, StackIdentity } from './pseudo-parameters';
import { Reference, referencesIn, textsIn } from './references';
import { Template, TemplateOutput, TemplateResource } from './template';
import { TemplateError } from './template-error';
import { ResourceProperties } from '../resources/resource-type';
import { ResourceTypes } from '../resources/resource-types';

/** What a template can learn of the resources that are there. */
export interface ExistingResources {
  reference(logicalId: string): unknown;
  attribute(logicalId: string, attributeName: string): unknown;
}

export interface TemplateInstanceProps {
  readonly template: Template;
  readonly parameters: Readonly<Record<string, string>>;
  readonly identity: StackIdentity;
  readonly importValue: (exportName: string) => unknown;
  readonly stackOutput: (request: StackOutputRequest) => unknown;
  readonly outside: OutsideValues;
}

export interface ResolvedOutput {
  readonly name: string;
  readonly value: string;
  readonly exportName?: string;
}

/** The transform that stands for functions which are resolved like all others: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-languageextensions.html */
const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';

/** A template with its parameters, in its account and Region: what its conditions leave of it. */
export class TemplateInstance {
  readonly resources: ReadonlyMap<string, TemplateResource>;
  readonly dependencies: DependencyGraph;
  private readonly conditions = new Map<string, boolean>();
  private readonly conditionsInEvaluation = new Set<string>();
  private readonly pseudoParameters: ReadonlyMap<string, unknown>;
  private readonly parameters: Readonly<Record<string, string>>;

  /** Throws a TemplateError for a template that CloudFormation would not accept. */
  constructor(readonly props: TemplateInstanceProps, types: ResourceTypes) {
    const { template, identity, parameters, outside } = props;
    checkTemplateForm(template);
    const transforms = [template.Transform ?? []].flat().filter((transform) => transform !== LANGUAGE_EXTENSIONS);
    if (transforms.length > 0) throw new TemplateError(`The simulator does not run transforms (macros); the template has ${JSON.stringify(transforms)}.`);
    this.pseudoParameters = pseudoParametersOf(identity);
    this.parameters = fetchedValues(template, parameters, outside);
    // All of them, for those that nothing uses have to be right as well.
    Object.keys(template.Conditions ?? {}).forEach((name) => this.condition(name));
    const included = Object.entries(template.Resources ?? {}).filter(([, resource]) => this.isIncluded(resource));
    this.resources = new Map(included.map(([logicalId, resource]) => [logicalId, this.withPolicies(logicalId, resource)]));
    if (this.resources.size === 0) throw new TemplateError('Template format error: At least one Resources member must be defined.');
    this.checkTypes(types);
    this.checkRules();
    this.checkReferences(types);
    this.checkExportNames();
    this.checkDynamicReferences();
    this.dependencies = new Map([...this.resources].map(([logicalId, resource]) => [logicalId, this.dependenciesOf(resource)]));
    assertNoCycle(this.dependencies);
  }

  /** Whether a stack that has the one has the other. */
  equals(other: TemplateInstance): boolean {
    const ofStack = ({ props: { template, parameters }, parameters: fetched }: TemplateInstance) => [template, parameters, fetched];
    return isDeepStrictEqual(ofStack(this), ofStack(other));
  }

  /** What values stand in for those that the simulator does not know. */
  get placeholders(): readonly string[] {
    return this.props.outside.placeholders;
  }

  /** With dynamic references as they are written: by those CloudFormation tells whether a resource has changed. */
  propertiesOf(logicalId: string, existing: ExistingResources): ResourceProperties {
    return resolve(this.resources.get(logicalId)!.Properties ?? {}, this.scope(existing)) as ResourceProperties;
  }

  /** The same with the values that dynamic references have now. */
  fetchDynamicValues(properties: ResourceProperties): ResourceProperties {
    return withDynamicValues(properties, this.props.outside);
  }

  outputs(existing: ExistingResources): ResolvedOutput[] {
    const scope = this.scope(existing);
    return this.includedOutputs().map(([name, output]) => ({
      name,
      // Guess: what is no secret has its value in outputs as well.
      value: withDynamicValues(String(resolve(output.Value, scope)), this.props.outside),
      exportName: output.Export && String(resolve(output.Export.Name, scope)),
    }));
  }

  private isIncluded(conditional: { readonly Condition?: string }): boolean {
    return conditional.Condition === undefined || this.condition(conditional.Condition);
  }

  /** With the language extensions a policy may be a function. */
  private withPolicies(logicalId: string, resource: TemplateResource): TemplateResource {
    const hasExtensions = [this.props.template.Transform].flat().includes(LANGUAGE_EXTENSIONS);
    const scope = this.scope(noResources('Resources'));
    const policies = POLICY_ATTRIBUTES.filter((attribute) => resource[attribute] !== undefined).map((attribute) => {
      const policy = hasExtensions ? resolve(resource[attribute], scope) : resource[attribute];
      return [attribute, checkedPolicy(attribute, policy, logicalId)] as const;
    });
    return { ...resource, ...Object.fromEntries(policies) };
  }

  private includedOutputs(): [string, TemplateOutput][] {
    return Object.entries(this.props.template.Outputs ?? {}).filter(([, output]) => this.isIncluded(output));
  }

  private condition(name: string): boolean {
    const definition = this.props.template.Conditions?.[name];
    if (definition === undefined) throw new TemplateError(`Template error: Condition token ${name} not found.`);
    if (!this.conditions.has(name)) this.conditions.set(name, this.evaluate(name, definition));
    return this.conditions.get(name)!;
  }

  private evaluate(name: string, definition: unknown): boolean {
    if (this.conditionsInEvaluation.has(name)) {
      // Guess: the words.
      throw new TemplateError(`Template error: Circular dependency between conditions: [${[...this.conditionsInEvaluation].join(', ')}]`);
    }
    this.conditionsInEvaluation.add(name);
    const value = resolve(definition, this.scope(noResources('Conditions'))) as boolean;
    this.conditionsInEvaluation.delete(name);
    return value;
  }

  private scope(existing: ExistingResources): ResolutionScope {
    return {
      reference: (name) => this.pseudoParameters.has(name) ? this.pseudoParameters.get(name) : this.parameter(name) ?? existing.reference(name),
      attribute: (logicalId, attributeName) => existing.attribute(logicalId, attributeName),
      condition: (name) => this.condition(name),
      mapping: (mapName, topLevelKey, secondLevelKey) => this.mapping(mapName, topLevelKey, secondLevelKey),
      parametersOfType: (type) => this.parametersOfType(type),
      importValue: this.props.importValue,
      stackOutput: this.props.stackOutput,
      macroResult: (macroName) => this.props.outside.placeholder(`Fn::Transform ${macroName}`),
    };
  }

  private parameter(name: string): unknown {
    const parameter = this.props.template.Parameters?.[name];
    return parameter && referencedParameter(parameter, this.parameters[name]);
  }

  private parametersOfType(type: string): unknown[] {
    const declared = Object.entries(this.props.template.Parameters ?? {});
    return declared.filter(([, { Type }]) => Type === type).map(([name]) => this.parameter(name));
  }

  private mapping(mapName: string, topLevelKey: string, secondLevelKey: string): unknown {
    return this.props.template.Mappings?.[mapName]?.[topLevelKey]?.[secondLevelKey];
  }

  private checkTypes(types: ResourceTypes): void {
    for (const [logicalId, { Type }] of this.resources) {
      if (types.find(Type)) continue;
      throw new TemplateError(
        `The simulator does not know the resource type ${Type} of ${logicalId} in stack ${this.props.identity.stackName}. It knows: ${types.names.join(', ')}.`,
      );
    }
  }

  private checkRules(): void {
    const scope = this.scope(noResources('Rules'));
    for (const [name, rule] of Object.entries(this.props.template.Rules ?? {})) {
      if (rule.RuleCondition !== undefined && !resolve(rule.RuleCondition, scope)) continue;
      for (const { Assert, AssertDescription } of rule.Assertions) {
        if (!resolve(Assert, scope)) throw new TemplateError(`Template error: Rule ${name} failed: ${AssertDescription ?? 'an assertion does not hold'}`);
      }
    }
  }

  private checkReferences(types: ResourceTypes): void {
    const places: readonly (readonly [section: string, references: Reference[]])[] = [
      ['Resources', [...this.resources.values()].flatMap((resource) => this.referencesOf(resource))],
      ['Outputs', this.includedOutputs().flatMap(([, output]) => referencesIn(output.Value, { condition: (name) => this.condition(name) }))],
    ];
    for (const [section, references] of places) {
      const unresolved = [...new Set(references.map(({ name }) => name).filter((name) => !this.isKnown(name)))];
      if (unresolved.length > 0) {
        throw new TemplateError(`Template format error: Unresolved resource dependencies [${unresolved.join(', ')}] in the ${section} block of the template`);
      }
      for (const reference of references) this.checkAttribute(reference, types);
    }
  }

  /** Seen: https://github.com/compose-x/ecs_composex/issues/444 */
  private checkExportNames(): void {
    const scope = this.scope(noResources('Outputs'));
    const names = this.includedOutputs().flatMap(([, output]) => output.Export ? [String(resolve(output.Export.Name, scope))] : []);
    const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
    if (repeated.size === 0) return;
    throw new TemplateError(
      `Template format error: The Outputs section contains duplicate Export names: [${[...repeated].join(', ')}]. Specify a unique name for each export.`);
  }

  /** Guess: a reference is looked up before anything is made if it stands in the template word for word. */
  private checkDynamicReferences(): void {
    const texts = [...this.resources.values()].flatMap(({ Properties }) => textsIn(Properties, { condition: (name) => this.condition(name) }));
    checkDynamicReferences(texts, this.props.outside);
  }

  private checkAttribute({ name, attributeName }: Reference, types: ResourceTypes): void {
    if (attributeName === undefined) return;
    const type = types.get(this.resources.get(name)!.Type);
    if (!type.attributeNames || type.attributeNames.includes(attributeName)) return;
    throw new TemplateError(`Template error: resource ${name} does not support attribute type ${attributeName} in Fn::GetAtt`);
  }

  private isKnown(name: string): boolean {
    return this.resources.has(name) || this.pseudoParameters.has(name) || name in (this.props.template.Parameters ?? {});
  }

  private dependenciesOf(resource: TemplateResource): ReadonlySet<string> {
    const names = this.referencesOf(resource).map(({ name }) => name);
    return new Set(names.filter((name) => this.resources.has(name)));
  }

  private referencesOf({ Properties, DependsOn }: TemplateResource): Reference[] {
    const explicit = [DependsOn ?? []].flat().map((name) => ({ name }));
    // A dependency on a resource that its condition leaves out is no dependency.
    const included = explicit.filter(({ name }) => this.resources.has(name) || !(name in (this.props.template.Resources ?? {})));
    return [...included, ...referencesIn(Properties, { condition: (name) => this.condition(name) })];
  }
}

function noResources(section: string): ExistingResources {
  const refuse = (name: string): never => {
    throw new TemplateError(`Template format error: Unresolved dependencies [${name}]. Cannot reference resources in the ${section} block of the template`);
  };
  return { reference: refuse, attribute: refuse };
}
