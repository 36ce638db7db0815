import { inertResource, textProperty } from './inert-resource';
import { generatedName } from './physical-names';
import { CreateRequest, ResourceType } from './resource-type';
import { deriveUuid } from '../../lambda/derived-identifiers';

/** Longest names: the services' own limits. */
const LONGEST_LOG_GROUP_NAME = 512;

/** Types that nothing in the simulator acts upon: what they are called, what they give, and what replaces them. */
export const INERT_TYPES: Readonly<Record<string, ResourceType>> = {
  'AWS::CDK::Metadata': inertResource({
    physicalId: uniqueId,
  }),
  'AWS::KMS::Key': inertResource({
    physicalId: uniqueId,
    attributeNames: ['Arn', 'KeyId'],
    attributes: (keyId, { stack }) => ({
      Arn: `arn:${stack.partition}:kms:${stack.region}:${stack.accountId}:key/${keyId}`,
      KeyId: keyId,
    }),
    replacedBy: ['KeySpec', 'KeyUsage', 'MultiRegion', 'Origin'],
  }),
  'AWS::Logs::LogGroup': inertResource({
    physicalId: (request) => textProperty(request.properties, 'LogGroupName') ?? generatedName(request, LONGEST_LOG_GROUP_NAME),
    attributeNames: ['Arn'],
    // With its `:*`, as CloudFormation gives it: the ARN of the group's streams.
    attributes: (name, { stack }) => ({ Arn: `arn:${stack.partition}:logs:${stack.region}:${stack.accountId}:log-group:${name}:*` }),
    replacedBy: ['LogGroupName'],
  }),
};

function uniqueId({ stack, logicalId, generation }: CreateRequest): string {
  return deriveUuid('resource', stack.stackId, logicalId, generation);
}
