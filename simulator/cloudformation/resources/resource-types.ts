import { customResource } from './custom-resource';
import { iamManagedPolicy, iamPolicy } from './iam-policies';
import { iamRole } from './iam-role';
import { INERT_TYPES } from './inert-types';
import { AssetLookup, lambdaFunction } from './lambda-function';
import { ReplacementRollback, ResourceType } from './resource-type';
import { SimulatedLambda } from '../../lambda/simulated-lambda';
import { StackRoles } from '../../simulated-aws';
import { CustomResourceRequests } from '../custom-resource/custom-resource-requests';

export interface ResourceTypesProps {
  readonly roles: StackRoles;
  readonly lambda: SimulatedLambda;
  readonly assets: AssetLookup;
  readonly customResourceRequests: CustomResourceRequests;
  readonly customResourceReplacementRollback: ReplacementRollback;
}

/** Every resource type that the simulator plays. */
export class ResourceTypes {
  private readonly types: ReadonlyMap<string, ResourceType>;
  private readonly customResource: ResourceType;

  constructor(props: ResourceTypesProps) {
    this.customResource = customResource(props.customResourceRequests, props.customResourceReplacementRollback);
    this.types = new Map<string, ResourceType>([
      ...Object.entries(INERT_TYPES),
      ['AWS::CloudFormation::CustomResource', this.customResource],
      ['AWS::IAM::ManagedPolicy', iamManagedPolicy(props.roles)],
      ['AWS::IAM::Policy', iamPolicy(props.roles)],
      ['AWS::IAM::Role', iamRole(props.roles)],
      ['AWS::Lambda::Function', lambdaFunction(props.lambda, props.assets)],
    ]);
  }

  find(type: string): ResourceType | undefined {
    return this.types.get(type) ?? (type.startsWith('Custom::') ? this.customResource : undefined);
  }

  get(type: string): ResourceType {
    return this.find(type)!;
  }

  /** For messages: what may stand in a template. */
  get names(): readonly string[] {
    return [...this.types.keys(), 'Custom::*'].sort();
  }
}
