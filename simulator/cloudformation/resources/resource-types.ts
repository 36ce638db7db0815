import { customResource } from './custom-resource';
import { eventRule } from './event-rule';
import { iamManagedPolicy, iamPolicy } from './iam-policies';
import { iamRole } from './iam-role';
import { INERT_TYPES } from './inert-types';
import { AssetLookup, lambdaFunction } from './lambda-function';
import { lambdaPermission } from './lambda-permission';
import { lambdaAlias, lambdaVersion } from './lambda-qualifiers';
import { licenseManagerGrant } from './license-manager-grant';
import { nestedStack } from './nested-stack';
import { ReplacementRollback, ResourceType } from './resource-type';
import { ssmParameter } from './ssm-parameter';
import { StackServices } from './stack-services';
import { stateMachine } from './state-machine';
import { unknownType } from './unknown-type';
import { SimulatedLambda } from '../../lambda/simulated-lambda';
import { CustomResourceRequests } from '../custom-resource/custom-resource-requests';
import { NestedStacks } from '../engine/nested-stacks';

export interface ResourceTypesProps {
  readonly services: StackServices;
  readonly lambda: SimulatedLambda;
  readonly assets: AssetLookup;
  readonly nestedStacks: NestedStacks;
  readonly customResourceRequests: CustomResourceRequests;
  readonly customResourceReplacementRollback: ReplacementRollback;
  /** Types that the simulator does not play are errors. */
  readonly strict: boolean;
}

/** Every resource type that the simulator plays, and how it takes the others. */
export class ResourceTypes {
  private readonly types: ReadonlyMap<string, ResourceType>;
  private readonly customResource: ResourceType;

  constructor(private readonly props: ResourceTypesProps) {
    const { roles, functions, stateMachines, eventRules, parameterStore, stackGrants } = props.services;
    this.customResource = customResource(props.customResourceRequests, props.customResourceReplacementRollback);
    this.types = new Map<string, ResourceType>([
      ...Object.entries(INERT_TYPES),
      ['AWS::CloudFormation::CustomResource', this.customResource],
      ['AWS::CloudFormation::Stack', nestedStack(props.nestedStacks)],
      ['AWS::Events::Rule', eventRule(eventRules)],
      ['AWS::IAM::ManagedPolicy', iamManagedPolicy(roles)],
      ['AWS::IAM::Policy', iamPolicy(roles)],
      ['AWS::IAM::Role', iamRole(roles)],
      ['AWS::Lambda::Alias', lambdaAlias],
      ['AWS::Lambda::Function', lambdaFunction(props.lambda, props.assets)],
      ['AWS::Lambda::Permission', lambdaPermission(functions.permissions)],
      ['AWS::Lambda::Version', lambdaVersion],
      ['AWS::SSM::Parameter', ssmParameter(parameterStore)],
      ['AWS::LicenseManager::Grant', licenseManagerGrant(stackGrants)],
      ['AWS::StepFunctions::StateMachine', stateMachine(stateMachines)],
    ]);
  }

  find(type: string): ResourceType | undefined {
    return this.known(type) ?? (this.props.strict ? undefined : unknownType);
  }

  /** Whether resources of the type are kept as state that nobody knows the rules of. */
  isUnknown(type: string): boolean {
    return this.known(type) === undefined;
  }

  get(type: string): ResourceType {
    return this.find(type)!;
  }

  /** For messages: what may stand in a template. */
  get names(): readonly string[] {
    return [...this.types.keys(), 'Custom::*'].sort();
  }

  private known(type: string): ResourceType | undefined {
    return this.types.get(type) ?? (type.startsWith('Custom::') ? this.customResource : undefined);
  }
}
