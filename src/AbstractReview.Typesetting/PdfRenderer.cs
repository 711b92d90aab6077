namespace AbstractReview.Typesetting;
