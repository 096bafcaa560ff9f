interface WithArticles {
  readonly content?: { readonly news_item: readonly { readonly content: string }[] };
}

/** The articles' texts made empty, which is what makes an item large. */
export function withoutContent<Item extends WithArticles>(item: Item): Item {
  if (!item.content) return item;
  const news_item = item.content.news_item.map((article) => ({ ...article, content: '' }));
  return { ...item, content: { ...item.content, news_item } };
}
