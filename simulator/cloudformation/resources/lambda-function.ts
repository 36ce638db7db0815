import { inertResource, textProperty } from './inert-resource';
import { generatedName } from './physical-names';
import { ResourceFailure, ResourceProperties, ResourceRequest, ResourceType } from './resource-type';
import { FunctionCode, FunctionDefinition } from '../../lambda/function-definition';
import { SimulatedLambda } from '../../lambda/simulated-lambda';
import { FileAsset } from '../assembly/cloud-assembly';

/** Lambda's limit for a function's name: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const LONGEST_NAME = 64;
/** Lambda's defaults: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html */
const DEFAULT_TIMEOUT_IN_SECONDS = 3;
const DEFAULT_MEMORY_IN_MEGABYTES = 128;

export type AssetLookup = (stackId: string, objectKey: string) => FileAsset | undefined;

/** AWS::Lambda::Function: its code runs in processes of their own. */
export function lambdaFunction(lambda: SimulatedLambda, assets: AssetLookup): ResourceType {
  return inertResource({
    physicalId: (request) => textProperty(request.properties, 'FunctionName') ?? generatedName(request, LONGEST_NAME),
    attributeNames: ['Arn', 'SnapStartResponse'],
    requiredProperties: ['Code', 'Role'],
    attributes: (functionName, request) => ({ Arn: functionArn(functionName, request) }),
    replacedBy: ['FunctionName', 'PackageType'],
    onPut: (functionName, request) => putFunction(lambda, functionName, request, assets),
    onDelete: (functionName, request) => lambda.removeFunction(functionArn(functionName, request)),
  });
}

function functionArn(functionName: string, { stack }: ResourceRequest): string {
  return `arn:${stack.partition}:lambda:${stack.region}:${stack.accountId}:function:${functionName}`;
}

async function putFunction(lambda: SimulatedLambda, functionName: string, request: ResourceRequest, assets: AssetLookup): Promise<void> {
  const { stack, properties } = request;
  const environment = properties.Environment as { readonly Variables?: Readonly<Record<string, string>> } | undefined;
  const network = properties.VpcConfig as { readonly SubnetIds?: readonly string[] } | undefined;
  const logging = properties.LoggingConfig as { readonly LogGroup?: string } | undefined;
  const runtime = textProperty(properties, 'Runtime') ?? 'a container image';
  const code = runtime.startsWith('nodejs')
    ? codeOf(properties, (objectKey) => assets(stack.stackId, objectKey))
    : { unplayable: `The simulator runs functions of Node.js runtimes only; ${functionName} has the runtime ${runtime}.` };
  const definition: FunctionDefinition = {
    functionArn: functionArn(functionName, request),
    functionName,
    accountId: stack.accountId,
    region: stack.region,
    roleArn: String(properties.Role),
    runtime,
    handler: textProperty(properties, 'Handler') ?? '',
    code,
    environment: environment?.Variables ?? {},
    timeoutSeconds: Number(properties.Timeout ?? DEFAULT_TIMEOUT_IN_SECONDS),
    memorySizeInMegabytes: Number(properties.MemorySize ?? DEFAULT_MEMORY_IN_MEGABYTES),
    logGroupName: logging?.LogGroup ?? `/aws/lambda/${functionName}`,
    isInVpc: (network?.SubnetIds ?? []).length > 0,
  };
  await lambda.checkNetworkAccess(definition);
  lambda.putFunction(definition);
}

function codeOf(properties: ResourceProperties, assetOf: (objectKey: string) => FileAsset | undefined): FunctionCode {
  const code = properties.Code as { readonly ZipFile?: string; readonly S3Key?: string };
  if (code.ZipFile !== undefined) return { inlineSource: code.ZipFile };
  const asset = assetOf(String(code.S3Key));
  if (!asset) throw new ResourceFailure(`The cloud assembly has no asset with the object key ${code.S3Key}.`);
  if (asset.packaging !== 'zip') {
    return { unplayable: `The simulator takes a function's code from a folder; the asset ${code.S3Key} is a ${asset.packaging}.` };
  }
  return { directory: asset.path };
}
