import type { EventMessage, OrdinaryMessage, PushMessage } from '../wechat/push/messages.ts';
import type { Bubble, Tip } from './bubble.ts';
import { type MediaShelf, mediaUrl } from './media.ts';

/** What a follower sees of what they did: their own bubble, or a grey line for an event. */
export async function bubbleOfPush(said: PushMessage, shelf: MediaShelf): Promise<Bubble> {
  if (said.type === 'raw') return { type: 'other', name: 'raw', json: said.body };
  return said.type === 'event' ? bubbleOfEvent(said) : bubbleOfMessage(said, shelf);
}

async function bubbleOfMessage(said: OrdinaryMessage, shelf: MediaShelf): Promise<Bubble> {
  switch (said.type) {
    case 'text':
      return { type: 'text', text: said.Content };
    case 'image':
      return { type: 'image', mediaId: said.MediaId, url: mediaUrl(said.MediaId) };
    case 'voice': {
      const seconds = await shelf.seconds(said.MediaId);
      return {
        type: 'voice',
        mediaId: said.MediaId,
        ...(seconds === undefined ? {} : { seconds }),
        ...(said.Recognition === undefined ? {} : { recognition: said.Recognition }),
      };
    }
    case 'video':
    case 'shortvideo': {
      const { MediaId: mediaId } = said;
      return { type: 'video', mediaId, url: mediaUrl(mediaId), title: '', description: '' };
    }
    case 'location':
      return {
        type: 'location',
        latitude: said.Location_X,
        longitude: said.Location_Y,
        label: said.Label,
      };
    case 'link':
      return { type: 'link', title: said.Title, description: said.Description, url: said.Url };
    case 'file':
      return { type: 'file', title: said.Title, description: said.Description };
  }
}

const tips: Readonly<Record<string, Tip>> = {
  subscribe: 'follow',
  unsubscribe: 'unfollow',
  SCAN: 'scan',
  CLICK: 'menu',
  VIEW: 'menu',
  view_miniprogram: 'menu',
  LOCATION: 'location-report',
};

function bubbleOfEvent(said: EventMessage): Bubble {
  const { Event, EventKey = '' } = said as { readonly Event: string; readonly EventKey?: string };
  const tip = Object.hasOwn(tips, Event) ? tips[Event] : undefined;
  if (!tip) return { type: 'tip', tip: 'event', text: EventKey ? `${Event} ${EventKey}` : Event };
  return { type: 'tip', tip, text: EventKey };
}
