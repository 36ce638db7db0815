import { CallContext, Operation, RequiredAccess } from '../../../wire/service';
import { requestTagContext, tagList } from '../../tags';
import { accessTo } from '../access';
import { invalidResourceId } from '../errors';
import { Parameter, ParameterStore } from '../parameter-store';
import { placeOf } from '../place';
import { ShownParameters } from '../shown-parameters';
import { Tag, withTags } from '../tags';

interface ResourceInput {
  readonly ResourceType: string;
  readonly ResourceId: string;
}

type AddInput = ResourceInput & { readonly Tags: readonly Tag[] };
type RemoveInput = ResourceInput & { readonly TagKeys: readonly string[] };

export class AddTagsToResource implements Operation<AddInput> {
  constructor(private readonly store: ParameterStore) {}

  requiredAccess({ ResourceId: name, Tags }: AddInput, context: CallContext): RequiredAccess {
    return accessTo(this.store, { ...placeOf(context), name }, requestTagContext(Tags));
  }

  perform(input: AddInput, context: CallContext) {
    const parameter = taggedParameter(this.store, input, context);
    this.store.tag(parameter, withTags(parameter.tags, input.Tags));
    return {};
  }
}

export class RemoveTagsFromResource implements Operation<RemoveInput> {
  constructor(private readonly store: ParameterStore) {}

  requiredAccess({ ResourceId: name, TagKeys }: RemoveInput, context: CallContext): RequiredAccess {
    return accessTo(this.store, { ...placeOf(context), name }, { 'aws:TagKeys': TagKeys });
  }

  perform(input: RemoveInput, context: CallContext) {
    const parameter = taggedParameter(this.store, input, context);
    this.store.tag(parameter, new Map([...parameter.tags].filter(([key]) => !input.TagKeys.includes(key))));
    return {};
  }
}

export class ListTagsForResource implements Operation<ResourceInput> {
  constructor(private readonly shown: ShownParameters) {}

  requiredAccess({ ResourceId: name }: ResourceInput, context: CallContext): RequiredAccess {
    return accessTo(this.shown.store, { ...placeOf(context), name });
  }

  perform(input: ResourceInput, context: CallContext) {
    return { TagList: tagList(taggedParameter(this.shown.store, input, context).tags) };
  }
}

/** Of all that Systems Manager can tag the simulator has parameters only. */
function taggedParameter(store: ParameterStore, { ResourceType, ResourceId: name }: ResourceInput, context: CallContext): Parameter {
  const parameter = ResourceType === 'Parameter' ? store.find({ ...placeOf(context), name }) : undefined;
  if (!parameter) throw invalidResourceId();
  return parameter;
}
