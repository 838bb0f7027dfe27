// What a person declares about themselves: how to reach them, and the name they like to be called by. A new channel is proven by a code sent to that
// channel before it replaces the old one. Owns no network and no words: letters come in composed. Must never store an address or a code in the clear.

export const channels = ['email', 'phone'] as const;
export type Channel = (typeof channels)[number];

/** The attribute whose value the channel is. */
export const channelAttributes: Readonly<Record<Channel, string>> = { email: 'email', phone: 'phone_number' };

export function isChannel(text: string): text is Channel {
  return channels.some((channel) => channel === text);
}
