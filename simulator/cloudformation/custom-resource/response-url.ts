import { deriveHexadecimal } from '../../lambda/derived-identifiers';
import { StackIdentity } from '../template/pseudo-parameters';

/** The bucket that answers for stacks of a Region go to: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-vpce-bucketnames.html */
export function responseHost({ region, partition }: StackIdentity): string {
  const domain = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `cloudformation-custom-resource-response-${region.replaceAll('-', '')}.s3.${region}.${domain}`;
}

/** Path and query of a presigned URL: the object is named after stack, resource and request, and only who has the signature may write it. */
export function responsePath({ stackId }: StackIdentity, logicalId: string, requestId: string): string {
  const object = encodeURIComponent(`${stackId}|${logicalId}|${requestId}`);
  return `/${object}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=${deriveHexadecimal(64, 'response signature', requestId)}`;
}
