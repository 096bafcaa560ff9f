/** Two followers, whose WeChat ids are their openids. */
export const ann = 'oAnn';
export const ben = 'oBen';
